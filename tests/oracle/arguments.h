/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdio.h>

/*
 * Prints the functions of each program as libbpf describes them to a kernel that does not know the tag of arguments
 * which are contexts (before 6.8): their first instruction, name, and the types of their arguments.
 */
void arguments(FILE *out, const char *object_path, const char *btf_path);
