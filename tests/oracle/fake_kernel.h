/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The kernel that libbpf sees: bpf(2) is answered inside the process, every feature exists, and the kernel's BTF
 * is a file of our choice. Nothing reaches the real bpf(2), so no privileges are needed.
 */

#include <linux/types.h>

/* What libbpf wrote to an instruction array: indices of instructions, with which indirect jumps go on. */
struct jump_table {
	__u32 count;
	__u32 *places;
};

/* The jump table behind a descriptor, or null for any other map. */
const struct jump_table *fake_kernel_jump_table(int fd);

/* Takes one feature away from the kernel: a value of libbpf's enum kern_feature_id. */
void fake_kernel_lack(int feature);

/* The file that stands in for /sys/kernel/btf/vmlinux. */
void fake_kernel_use_btf(const char *path);
