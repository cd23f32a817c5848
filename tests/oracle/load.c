// SPDX-License-Identifier: MIT
//
// What the running kernel makes of BPF objects that the pinned libbpf loads into it; see README.md for the format.
//
//   load --prepare FILE           the preparations whose conditions hold, as a plan
//   load PLAN OBJ...              loads each object as the plan says; `-` is no plan: as it is
//   load --each OBJ...            loads each program of each object by itself

#define _GNU_SOURCE
#include "load_report.h"
#include "plan.h"
#include "preparations.h"

#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// NAME of .../NAME.bpf.o
static const char *name_of(const char *path)
{
	static char name[256];
	const char *slash = strrchr(path, '/');
	char *end;

	snprintf(name, sizeof(name), "%s", slash ? slash + 1 : path);
	end = strstr(name, ".bpf.o");
	if (end)
		*end = '\0';
	return name;
}

static struct bpf_object *open_object(const char *path)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);
	struct bpf_map *map;

	if (!object)
		return NULL;
	// What runs here leaves nothing behind.
	bpf_object__for_each_map(map, object)
		bpf_map__set_pin_path(map, NULL);
	return object;
}

static void load_object(const char *path, const char *plan)
{
	const char *name = name_of(path);
	struct bpf_object *object;
	int error;

	report_begin();
	object = open_object(path);
	if (!object) {
		printf("%s refused: no object\n", name);
		return;
	}
	error = plan ? plan_apply(plan, name, object) : 0;
	if (error == 0) {
		report_logs(object);
		error = bpf_object__load(object);
	}
	if (error)
		report_refusal(name, error);
	else
		report_loaded(name, object);
	bpf_object__close(object);
}

// The program with this index, without the others. False when there is none.
static bool load_program(const char *path, int index)
{
	struct bpf_object *object = open_object(path);
	struct bpf_program *program, *chosen = NULL;
	char label[512];
	int error;

	if (!object)
		return false;
	bpf_object__for_each_program(program, object) {
		bpf_program__set_autoload(program, index == 0);
		if (index-- == 0)
			chosen = program;
	}
	if (chosen) {
		snprintf(label, sizeof(label), "%s:%s", name_of(path), bpf_program__name(chosen));
		report_begin();
		report_logs(object);
		error = bpf_object__load(object);
		if (error)
			report_refusal(label, error);
		else
			report_loaded(label, object);
	}
	bpf_object__close(object);
	return chosen;
}

int main(int argc, char **argv)
{
	if (argc < 3) {
		fputs("usage: load --prepare FILE | PLAN OBJ... | --each OBJ...\n", stderr);
		return 2;
	}
	libbpf_set_print(report_collect);
	if (strcmp(argv[1], "--prepare") == 0)
		return preparations_resolve(argv[2]) ? 0 : 1;
	for (int i = 2; i < argc; i++) {
		if (strcmp(argv[1], "--each") == 0)
			for (int program = 0; load_program(argv[i], program); program++)
				;
		else
			load_object(argv[i], strcmp(argv[1], "-") == 0 ? NULL : argv[1]);
		fflush(stdout);
	}
	return 0;
}
