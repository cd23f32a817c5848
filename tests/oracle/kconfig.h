/* SPDX-License-Identifier: MIT */
#pragma once

#include <stdio.h>

/*
 * Prints what libbpf puts into .kconfig when the user gives options (the open option `kconfig`), in a kernel 6.18.44
 * whose own configuration cannot be read.
 */
void kconfig(FILE *out, const char *object_path, const char *config_path);
