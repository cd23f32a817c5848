// SPDX-License-Identifier: MIT
//
// What the pinned libbpf makes of BPF objects against the BTF of any kernel, as JSON; see README.md for the format.
//
//   oracle OBJ --btf BTF     one line
//   oracle --list FILE       one line for each line `OBJ BTF` of FILE
//   oracle --describe OBJ    one line: maps and programs as they are before relocation
//   oracle --arguments FILE  one line for each line `OBJ BTF` of FILE: functions for a kernel that lacks __arg_ctx
//   oracle --kconfig FILE    one line for each line `OBJ CONFIG` of FILE: the values of .kconfig

#define _GNU_SOURCE
#include "arguments.h"
#include "describe.h"
#include "kconfig.h"
#include "relocate.h"

#include <bpf/libbpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void require_readable(const char *path)
{
	if (access(path, R_OK) == 0)
		return;
	fprintf(stderr, "oracle: cannot read %s: %m\n", path);
	exit(1);
}

static void relocate_readable(const char *object_path, const char *btf_path)
{
	require_readable(object_path);
	require_readable(btf_path);
	relocate(stdout, object_path, btf_path);
	fflush(stdout);
}

static void describe_values(const char *object_path, const char *config_path)
{
	require_readable(object_path);
	require_readable(config_path);
	kconfig(stdout, object_path, config_path);
}

static void describe_arguments(const char *object_path, const char *btf_path)
{
	require_readable(object_path);
	require_readable(btf_path);
	arguments(stdout, object_path, btf_path);
}

static void for_each_pair(const char *path, void (*handle)(const char *, const char *))
{
	FILE *list = fopen(path, "r");
	char *line = NULL;
	size_t capacity = 0;

	if (!list) {
		fprintf(stderr, "oracle: cannot read %s: %m\n", path);
		exit(1);
	}
	while (getline(&line, &capacity, list) > 0) {
		char *object = strtok(line, " \t\n");
		char *other = strtok(NULL, " \t\n");

		if (!object || object[0] == '#')
			continue;
		if (!other) {
			fprintf(stderr, "oracle: %s: '%s' has nothing beside it\n", path, object);
			exit(1);
		}
		handle(object, other);
	}
	free(line);
	fclose(list);
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[2], "--btf") == 0) {
		relocate_readable(argv[1], argv[3]);
	} else if (argc == 3 && strcmp(argv[1], "--list") == 0) {
		for_each_pair(argv[2], relocate_readable);
	} else if (argc == 3 && strcmp(argv[1], "--arguments") == 0) {
		for_each_pair(argv[2], describe_arguments);
	} else if (argc == 3 && strcmp(argv[1], "--kconfig") == 0) {
		for_each_pair(argv[2], describe_values);
	} else if (argc == 3 && strcmp(argv[1], "--describe") == 0) {
		require_readable(argv[2]);
		describe(stdout, argv[2]);
	} else if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		printf("libbpf %s\n", libbpf_version_string() + 1);
	} else {
		fputs("usage: oracle OBJ --btf BTF | --list FILE | --describe OBJ | --arguments FILE | --kconfig FILE | --version\n", stderr);
		return 2;
	}
	return 0;
}
