/* SPDX-License-Identifier: MIT */
#ifndef PEER_H
#define PEER_H

#include <stdio.h>
#include <stdlib.h>

static inline void die(const char *what)
{
	perror(what);
	exit(1);
}

#endif
