/* SPDX-License-Identifier: MIT */
#pragma once

/*
 * The kernel that libbpf sees: bpf(2) is answered inside the process, every feature exists, and the kernel's BTF
 * is a file of our choice. Nothing reaches the real bpf(2), so no privileges are needed.
 */

/* The file that stands in for /sys/kernel/btf/vmlinux. */
void fake_kernel_use_btf(const char *path);
