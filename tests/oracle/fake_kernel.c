// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "fake_kernel.h"

#include <bpf/btf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAP_TYPE_ARENA = 33, MAP_TYPE_INSN_ARRAY = 34 }; // newer than the linux/bpf.h of Debian 12

enum { DESCRIPTORS = 4096 };

static const char *s_btf_path;
static int s_lacking = -1;
static struct jump_table s_jump_tables[DESCRIPTORS];

void fake_kernel_use_btf(const char *path)
{
	s_btf_path = path;
}

void fake_kernel_lack(int feature)
{
	s_lacking = feature;
}

// A real descriptor, since libbpf duplicates, closes and, for global data, maps what it gets.
static long fake_fd(off_t size)
{
	int fd = memfd_create("fake-bpf", MFD_CLOEXEC);

	if (fd >= 0 && size > 0 && ftruncate(fd, size) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

static long remember_map(const union bpf_attr *attr, long fd)
{
	struct jump_table *table;

	if (fd < 0 || fd >= DESCRIPTORS)
		return fd;
	table = &s_jump_tables[fd];
	free(table->places);
	*table = (struct jump_table){0};
	if (attr->map_type == MAP_TYPE_INSN_ARRAY) {
		table->places = calloc(attr->max_entries, sizeof(*table->places));
		table->count = table->places ? attr->max_entries : 0;
	}
	return fd;
}

// Bytes that mmap() of the map may touch: values rounded to 8, an arena's max_entries counted in pages.
static long create_map(const union bpf_attr *attr)
{
	off_t page = sysconf(_SC_PAGESIZE);
	off_t value = ((off_t)attr->value_size + 7) / 8 * 8;
	off_t size = attr->map_type == MAP_TYPE_ARENA ? page * attr->max_entries : value * attr->max_entries;

	if (attr->map_type == MAP_TYPE_INSN_ARRAY && attr->max_entries == 0) {
		errno = EINVAL;
		return -1;
	}
	if (!(attr->map_flags & BPF_F_MMAPABLE))
		size = 0;
	return remember_map(attr, fake_fd((size + page - 1) / page * page));
}

// Keeps jump tables, and global data, which libbpf maps from then on; it has mapped the value in whole pages before.
static long update_map(const union bpf_attr *attr)
{
	struct jump_table *table = attr->map_fd < DESCRIPTORS ? &s_jump_tables[attr->map_fd] : NULL;
	__u32 entry = *(const __u32 *)(unsigned long)attr->key;
	const void *value = (const void *)(unsigned long)attr->value;
	struct stat stat;

	if (table && table->count > entry)
		table->places[entry] = *(const __u32 *)value;
	else if (fstat(attr->map_fd, &stat) == 0 && stat.st_size > 0 &&
		 pwrite(attr->map_fd, value, stat.st_size, 0) != stat.st_size)
		return -1;
	return 0;
}

const struct jump_table *fake_kernel_jump_table(int fd)
{
	return fd >= 0 && fd < DESCRIPTORS && s_jump_tables[fd].count ? &s_jump_tables[fd] : NULL;
}

static long answer_bpf(int command, const union bpf_attr *attr)
{
	switch (command) {
	case BPF_MAP_CREATE:
		return create_map(attr);
	case BPF_PROG_LOAD:
	case BPF_BTF_LOAD:
		return fake_fd(0);
	case BPF_MAP_UPDATE_ELEM:
		return update_map(attr);
	case BPF_MAP_FREEZE:
		return 0;
	case BPF_BTF_GET_NEXT_ID: // no modules
		errno = ENOENT;
		return -1;
	default:
		fprintf(stderr, "oracle: libbpf used bpf(2) command %d, which the fake kernel does not answer\n", command);
		exit(70);
	}
}

// Static libbpf resolves syscall() to this definition.
long syscall(long number, ...)
{
	va_list args;
	long a, b, c;

	va_start(args, number);
	a = va_arg(args, long);
	b = va_arg(args, long);
	c = va_arg(args, long);
	va_end(args);

	switch (number) {
	case SYS_bpf:
		return answer_bpf((int)a, (const union bpf_attr *)b);
	case SYS_memfd_create: // placeholder of a map that is not created yet
		return memfd_create((const char *)a, (unsigned int)b);
	case SYS_dup3: // the created map takes the placeholder's number
		return dup3((int)a, (int)b, (int)c);
	default:
		fprintf(stderr, "oracle: libbpf used system call %ld, which the fake kernel does not answer\n", number);
		exit(70);
	}
}

struct kern_feature_cache;
bool __wrap_feat_supported(struct kern_feature_cache *cache, int feature);
int __wrap_probe_memcg_account(int token_fd);
struct btf *__wrap_btf__load_vmlinux_btf(void);

bool __wrap_feat_supported(struct kern_feature_cache *cache, int feature)
{
	(void)cache;
	return feature != s_lacking;
}

int __wrap_probe_memcg_account(int token_fd)
{
	(void)token_fd;
	return 1;
}

struct btf *__wrap_btf__load_vmlinux_btf(void)
{
	return btf__parse(s_btf_path, NULL);
}
