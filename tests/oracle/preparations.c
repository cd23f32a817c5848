// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "preparations.h"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char separators[] = " \t\n";

// The id of a function's or a tracepoint's type in the kernel, 0 for none. Reading the kernel's types takes long where
// machines are emulated: it is done once.
static unsigned int kernel_type(const char *prefix, const char *name, unsigned int kind)
{
	static struct btf *types;
	char full[256];
	int id;

	if (!types)
		types = btf__load_vmlinux_btf();
	snprintf(full, sizeof(full), "%s%s", prefix, name);
	id = types ? btf__find_by_name_kind(types, full, kind) : 0;
	return id > 0 ? id : 0;
}

// Whether a program of two instructions can be loaded for it, and for a function attached: kernels are known that only
// refuse the second step.
static bool can_trace(const char *name, enum bpf_attach_type type)
{
	const struct bpf_insn instructions[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	LIBBPF_OPTS(bpf_prog_load_opts, options, .expected_attach_type = type);
	int program, link;

	options.attach_btf_id = type == BPF_TRACE_FENTRY ? kernel_type("", name, BTF_KIND_FUNC)
							 : kernel_type("btf_trace_", name, BTF_KIND_TYPEDEF);
	if (!options.attach_btf_id)
		return false;
	program = bpf_prog_load(BPF_PROG_TYPE_TRACING, "probe", "GPL", instructions, 2, &options);
	if (program < 0)
		return false;
	link = type == BPF_TRACE_FENTRY ? bpf_raw_tracepoint_open(NULL, program) : dup(program);
	close(program);
	if (link >= 0)
		close(link);
	return link >= 0;
}

static bool has_types_of(const char *function)
{
	return kernel_type("", function, BTF_KIND_FUNC) != 0;
}

static bool has_tracepoint(const char *name)
{
	static const char *const places[] = { "/sys/kernel/tracing", "/sys/kernel/debug/tracing" };
	char path[512];

	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/events/%s/format", places[i], name);
		if (access(path, F_OK) == 0)
			return true;
	}
	return false;
}

static bool has_ring_buffer(void)
{
	int map = bpf_map_create(BPF_MAP_TYPE_RINGBUF, NULL, 0, 0, getpagesize(), NULL);

	if (map >= 0)
		close(map);
	return map >= 0;
}

static void reject(const char *word)
{
	fprintf(stderr, "load: '%s' is not among the words of preparations\n", word ? word : "");
	exit(1);
}

static bool holds(char *condition)
{
	char *subject = condition ? strchr(condition, ':') : NULL;

	if (condition && strcmp(condition, "ring_buffer") == 0)
		return has_ring_buffer();
	if (!subject)
		reject(condition);
	*subject++ = '\0';
	if (strcmp(condition, "fentry") == 0)
		return can_trace(subject, BPF_TRACE_FENTRY);
	if (strcmp(condition, "tp_btf") == 0)
		return can_trace(subject, BPF_TRACE_RAW_TP);
	if (strcmp(condition, "types") == 0)
		return has_types_of(subject);
	if (strcmp(condition, "tracepoint") == 0)
		return has_tracepoint(subject);
	reject(condition);
	return false;
}

static unsigned long long address_of(const char *wanted)
{
	FILE *file = fopen("/proc/kallsyms", "r");
	unsigned long long address, found = 0;
	char name[512];

	while (file && !found && fscanf(file, "%llx %*c %511s%*[^\n]", &address, name) == 2)
		if (strcmp(name, wanted) == 0)
			found = address;
	if (file)
		fclose(file);
	return found;
}

static unsigned long long highest_pid(void)
{
	FILE *file = fopen("/proc/sys/kernel/pid_max", "r");
	unsigned long long value = 0;

	if (!file || fscanf(file, "%llu", &value) != 1)
		reject("pid_max");
	fclose(file);
	return value;
}

static void print_word(const char *word)
{
	static const char address[] = "address:";

	if (strncmp(word, address, strlen(address)) == 0)
		printf(" %llu", address_of(word + strlen(address)));
	else if (strcmp(word, "pid") == 0)
		printf(" %d", getpid());
	else if (strcmp(word, "pid_max") == 0)
		printf(" %llu", highest_pid());
	else
		printf(" %s", word);
}

static void resolve_line(char *line)
{
	const char *object = strtok(line, separators);
	char *word;

	if (!object || object[0] == '#')
		return;
	for (word = strtok(NULL, separators); word; word = strtok(NULL, separators)) {
		bool when = strcmp(word, "when") == 0;

		if (!when && strcmp(word, "unless") != 0)
			break;
		if (holds(strtok(NULL, separators)) != when)
			return;
	}
	printf("%s", object);
	for (; word; word = strtok(NULL, separators))
		print_word(word);
	putchar('\n');
}

bool preparations_resolve(const char *path)
{
	FILE *file = fopen(path, "r");
	char *line = NULL;
	size_t capacity = 0;

	if (!file) {
		fprintf(stderr, "load: cannot read %s: %m\n", path);
		return false;
	}
	while (getline(&line, &capacity, file) > 0)
		resolve_line(line);
	free(line);
	fclose(file);
	return true;
}
