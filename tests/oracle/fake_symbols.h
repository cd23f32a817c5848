/* SPDX-License-Identifier: MIT */
#pragma once

#include <linux/types.h>

/*
 * /proc/kallsyms as libbpf reads it: the running kernel's names, at addresses of our making, so that an instruction
 * that holds such an address can be told from one that holds a number.
 */

/* Upper half of every address. */
enum { FAKE_SYMBOL_BASE = 0x5ca1ab1e };

/* The symbol whose address has this lower half; ends the program when there is none. */
const char *fake_symbol_name(__u32 low);
