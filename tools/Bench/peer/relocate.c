// SPDX-License-Identifier: MIT
// relocate OBJECT: how long libbpf takes from opening the object to the moment in which it would load the first
// program: all programs relocated against /sys/kernel/btf/vmlinux, nothing in the kernel. Prints "ready", the
// microseconds that it took, and "programs N".
//
// bpf(2) is answered here, so that only libbpf's own work is measured: every map and every probe of a feature gets a
// descriptor of an empty file. libbpf 1.1 has no way to stop before programs are loaded, so the first one that it
// loads ends the measurement. Targets to attach to are not looked up (the programs' type is changed after opening):
// libbpf does that while it loads.
#define _GNU_SOURCE
#include "peer.h"

#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdarg.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct bpf_object *s_object;
static long long s_start;

static void finish(void)
{
	long long elapsed = now_us() - s_start;
	struct bpf_program *program;
	int count = 0;

	bpf_object__for_each_program(program, s_object)
		count++;
	printf("ready %lld programs %d\n", elapsed, count);
	fflush(stdout);
	_exit(0);
}

static int is_of_object(const char *name)
{
	struct bpf_program *program;

	bpf_object__for_each_program(program, s_object) {
		if (strncmp(bpf_program__name(program), name, BPF_OBJ_NAME_LEN - 1) == 0)
			return 1;
	}
	return 0;
}

static long empty_file(off_t size)
{
	int fd = memfd_create("bpf", MFD_CLOEXEC);

	if (fd >= 0 && size && ftruncate(fd, size))
		die("ftruncate");
	return fd;
}

static long answer(int command, const union bpf_attr *attr)
{
	switch (command) {
	case BPF_PROG_LOAD:
		if (s_object && is_of_object(attr->prog_name))
			finish();
		return empty_file(0);
	case BPF_MAP_CREATE: // a page, as global data is mapped
		return empty_file(attr->map_flags & BPF_F_MMAPABLE ? sysconf(_SC_PAGESIZE) : 0);
	case BPF_BTF_LOAD:
		return empty_file(0);
	case BPF_MAP_UPDATE_ELEM:
	case BPF_MAP_FREEZE:
		return 0;
	default:
		errno = EINVAL;
		return -1;
	}
}

// Both the shared and the static libbpf resolve syscall() to this definition.
long syscall(long number, ...)
{
	va_list arguments;
	long a, b, c;

	va_start(arguments, number);
	a = va_arg(arguments, long);
	b = va_arg(arguments, long);
	c = va_arg(arguments, long);
	va_end(arguments);
	switch (number) {
	case SYS_bpf:
		return answer((int)a, (const union bpf_attr *)b);
	case SYS_memfd_create: // placeholder of a map that is not created yet
		return memfd_create((const char *)a, (unsigned int)b);
	case SYS_dup3: // the created map takes the placeholder's number
		return dup3((int)a, (int)b, (int)c);
	default:
		errno = ENOSYS;
		return -1;
	}
}

static int ignore(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, format, arguments) : 0;
}

int main(int argc, char **argv)
{
	struct bpf_program *program;

	if (argc != 2) {
		fprintf(stderr, "usage: relocate OBJECT\n");
		return 2;
	}
	libbpf_set_print(ignore);
	s_start = now_us();
	s_object = bpf_object__open_file(argv[1], NULL);
	if (!s_object)
		die(argv[1]);
	bpf_object__for_each_program(program, s_object) {
		bpf_program__set_autoload(program, 1);
		bpf_program__set_type(program, BPF_PROG_TYPE_KPROBE);
	}
	bpf_object__load(s_object);
	fprintf(stderr, "relocate: libbpf refused the object before it loaded a program\n");
	return 1;
}
