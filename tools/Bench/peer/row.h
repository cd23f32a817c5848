/* SPDX-License-Identifier: MIT */
/* A row of tcpconnlat's table as C prints it. */
#ifndef ROW_H
#define ROW_H

#include <arpa/inet.h>
#include <linux/types.h>
#include <stdio.h>

#include "../../../bpf/tcpconnlat.h"

static inline int print_row(FILE *file, const struct event *event)
{
	int family = event->ip_version == 4 ? AF_INET : AF_INET6;
	char saddr[INET6_ADDRSTRLEN], daddr[INET6_ADDRSTRLEN];

	inet_ntop(family, event->saddr, saddr, sizeof(saddr));
	inet_ntop(family, event->daddr, daddr, sizeof(daddr));
	return fprintf(file, "%-6u %-12.12s %-2d %-16s %-16s %-5d %.2f\n", event->tgid, event->comm,
		       event->ip_version, saddr, daddr, event->dport, event->latency_ns / 1000000.0);
}

#endif
