/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdio.h>

/* Writes one line: the JSON object that tells what libbpf makes of the object against the target BTF. */
void relocate(FILE *out, const char *object_path, const char *btf_path);
