// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "load_report.h"

#include <bpf/bpf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// What libbpf's messages are told apart by.
static const char missing_type[] = "failed to find kernel BTF type ID of '";
static const char missing_function[] = "extern (func ksym) '";
static const char missing_variable[] = "extern (var ksym) '";
static const char missing_symbol[] = "failed to resolve extern '";
static const char missing_configuration[] = "failed to open system Kconfig";
static const char refused_map[] = ": failed to create:";
static const char refused_program[] = ": BPF program load failed";

static char s_missing[256];
static char s_map[256];
static char s_program[256];
static char s_log[(16 << 20) - 1];

void report_begin(void)
{
	s_missing[0] = s_map[0] = s_program[0] = s_log[0] = '\0';
}

// The text behind `before`, up to the next quote.
static void take_quoted(char *result, size_t size, const char *text, const char *before)
{
	const char *start = strstr(text, before);

	if (start && !result[0])
		snprintf(result, size, "%.*s", (int)strcspn(start + strlen(before), "'"), start + strlen(before));
}

int report_collect(enum libbpf_print_level level, const char *format, va_list args)
{
	char line[2048];

	vsnprintf(line, sizeof(line), format, args);
	if (getenv("ORACLE_DEBUG"))
		fputs(line, stderr);
	if (level != LIBBPF_WARN)
		return 0;
	take_quoted(s_missing, sizeof(s_missing), line, missing_type);
	take_quoted(s_missing, sizeof(s_missing), line, missing_symbol);
	if (strstr(line, "not found") || strstr(line, "cannot find") || strstr(line, "find type ID")) {
		take_quoted(s_missing, sizeof(s_missing), line, missing_function);
		take_quoted(s_missing, sizeof(s_missing), line, missing_variable);
	}
	if (strstr(line, missing_configuration))
		snprintf(s_missing, sizeof(s_missing), "configuration");
	if (strstr(line, refused_map))
		take_quoted(s_map, sizeof(s_map), line, "map '");
	if (strstr(line, refused_program))
		take_quoted(s_program, sizeof(s_program), line, "prog '");
	return 0;
}

void report_logs(struct bpf_object *object)
{
	struct bpf_program *program;

	bpf_object__for_each_program(program, object)
		bpf_program__set_log_buf(program, s_log, sizeof(s_log));
}

static bool begins_with(const char *text, const char *start)
{
	return strncmp(text, start, strlen(start)) == 0;
}

// What the verifier counted, and the reports of Linux 7.2 and later, which explain the complaint before them.
static bool is_statistics(const char *line)
{
	return begins_with(line, "processed ") || begins_with(line, "verification time ") ||
	       begins_with(line, "stack depth ") || begins_with(line, "insns ");
}

static void print_complaint(const char *name, const char *error)
{
	static const char poisoned[] = ": <invalid CO-RE relocation>";
	const char *complaint = "";

	for (char *line = strtok(s_log, "\n"); line; line = strtok(NULL, "\n")) {
		char *poison = strstr(line, poisoned);

		if (begins_with(line, "========"))
			break;
		if (poison) {
			strcpy(poison, ": no such type or field");
			complaint = line;
			break;
		}
		// libbpf puts these in place of the verifier's words about the instructions that it made of them.
		if (strstr(line, "' is referenced but wasn't resolved"))
			complaint = "calls a function that is not there";
		else if (strstr(line, "' is referenced but wasn't created"))
			complaint = "uses a map that is not created";
		else if (!is_statistics(line))
			complaint = line;
	}
	printf("%s refused: program %s: %s%s%s\n", name, s_program, error, complaint[0] ? ": " : "", complaint);
}

void report_missing(const char *function)
{
	snprintf(s_missing, sizeof(s_missing), "%s", function);
}

void report_refusal(const char *name, int error)
{
	if (s_program[0])
		print_complaint(name, strerrorname_np(-error));
	else if (s_map[0])
		printf("%s refused: map %s: %s\n", name, s_map, strerrorname_np(-error));
	else if (s_missing[0])
		printf("%s refused: the kernel lacks %s\n", name, s_missing);
	else
		printf("%s refused by the loader\n", name);
}

static void print_map(const char *name, int descriptor)
{
	struct bpf_map_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(descriptor, &info, &size) != 0)
		return;
	printf("%s map %s type %u key %u value %u entries %u flags 0x%x extra %llu types %u %u\n", name, info.name,
	       info.type, info.key_size, info.value_size, info.max_entries, info.map_flags,
	       (unsigned long long)info.map_extra, info.btf_key_type_id, info.btf_value_type_id);
}

static void print_program(const char *name, int descriptor)
{
	struct bpf_prog_info info = {0};
	__u32 size = sizeof(info);

	if (bpf_obj_get_info_by_fd(descriptor, &info, &size) != 0)
		return;
	printf("%s program %s type %u tag ", name, info.name, info.type);
	for (size_t i = 0; i < sizeof(info.tag); i++)
		printf("%02x", info.tag[i]);
	printf(" bytes %u maps %u\n", info.xlated_prog_len, info.nr_map_ids);
}

void report_loaded(const char *name, struct bpf_object *object)
{
	struct bpf_program *program;
	struct bpf_map *map;

	printf("%s loaded\n", name);
	bpf_object__for_each_map(map, object)
		if (bpf_map__autocreate(map))
			print_map(name, bpf_map__fd(map));
	bpf_object__for_each_program(program, object)
		if (bpf_program__fd(program) >= 0)
			print_program(name, bpf_program__fd(program));
}
