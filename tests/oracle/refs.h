/* SPDX-License-Identifier: MIT */
#pragma once

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <stdio.h>

/*
 * Writes the JSON array of what the instructions refer to in the loading process or the target kernel, and zeroes
 * those immediates, so that what is left does not depend on file descriptors or addresses.
 * kernel_types may be null when the object needs none.
 */
void refs_write_and_zero(FILE *out, const struct bpf_object *object, const struct btf *kernel_types,
			 struct bpf_insn *insns, size_t count);
