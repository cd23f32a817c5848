// SPDX-License-Identifier: MIT
//
// What the pinned libbpf makes of BPF objects against the BTF of any kernel, as JSON; see README.md for the format.
//
//   oracle OBJ --btf BTF     one line
//   oracle --list FILE       one line for each line `OBJ BTF` of FILE
//   oracle --describe OBJ    one line: maps and programs as they are before relocation

#define _GNU_SOURCE
#include "describe.h"
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

static void relocate_list(const char *path)
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
		char *btf = strtok(NULL, " \t\n");

		if (!object || object[0] == '#')
			continue;
		if (!btf) {
			fprintf(stderr, "oracle: %s: '%s' has no BTF beside it\n", path, object);
			exit(1);
		}
		relocate_readable(object, btf);
	}
	free(line);
	fclose(list);
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[2], "--btf") == 0) {
		relocate_readable(argv[1], argv[3]);
	} else if (argc == 3 && strcmp(argv[1], "--list") == 0) {
		relocate_list(argv[2]);
	} else if (argc == 3 && strcmp(argv[1], "--describe") == 0) {
		require_readable(argv[2]);
		describe(stdout, argv[2]);
	} else if (argc == 2 && strcmp(argv[1], "--version") == 0) {
		printf("libbpf %s\n", libbpf_version_string() + 1);
	} else {
		fputs("usage: oracle OBJ --btf BTF | --list FILE | --describe OBJ | --version\n", stderr);
		return 2;
	}
	return 0;
}
