/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdio.h>

/* Writes one line: the JSON object that tells what libbpf reads out of an object before anything is relocated. */
void describe(FILE *out, const char *object_path);
