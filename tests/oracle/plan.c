// SPDX-License-Identifier: MIT
#include "plan.h"

#include "load_report.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <linux/btf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char separators[] = " \t\n";

static char *next_word(void)
{
	return strtok(NULL, separators);
}

static void reject(const char *what, const char *name)
{
	fprintf(stderr, "load: the plan names %s %s, which the object lacks\n", what, name ? name : "");
	exit(1);
}

static struct bpf_program *program_of(struct bpf_object *object, const char *name)
{
	struct bpf_program *program = bpf_object__find_program_by_name(object, name);

	if (!program)
		reject("program", name);
	return program;
}

static struct bpf_map *map_of(struct bpf_object *object, const char *name)
{
	struct bpf_map *map = name ? bpf_object__find_map_by_name(object, name) : NULL;

	if (!map)
		reject("map", name);
	return map;
}

// Writes the value into the variable's place in .rodata.
static int set_constant(struct bpf_object *object, const char *name, unsigned long long value)
{
	const struct btf *btf = bpf_object__btf(object);
	const struct btf_type *section = btf__type_by_id(btf, btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC));
	const struct btf_var_secinfo *variable = btf_var_secinfos(section);
	struct bpf_map *map;
	size_t size;

	for (int i = 0; i < btf_vlen(section); i++, variable++) {
		const struct btf_type *type = btf__type_by_id(btf, variable->type);

		if (strcmp(btf__name_by_offset(btf, type->name_off), name) != 0)
			continue;
		bpf_object__for_each_map(map, object)
			if (strstr(bpf_map__name(map), ".rodata")) {
				memcpy((char *)bpf_map__initial_value(map, &size) + variable->offset, &value, variable->size);
				return 0;
			}
	}
	reject("variable", name);
	return -ENOENT;
}

static int use_perf_events(struct bpf_map *map)
{
	bpf_map__set_type(map, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	bpf_map__set_key_size(map, sizeof(int));
	bpf_map__set_value_size(map, sizeof(int));
	return bpf_map__set_max_entries(map, 0);
}

static int set_target(struct bpf_program *program, const char *function)
{
	int error = bpf_program__set_attach_target(program, 0, function);

	if (error)
		report_missing(function);
	return error;
}

static int apply_word(struct bpf_object *object, const char *what, char *subject)
{
	if (strcmp(what, "off") == 0)
		return bpf_program__set_autoload(program_of(object, subject), false);
	if (strcmp(what, "target") == 0)
		return set_target(program_of(object, subject), next_word());
	if (strcmp(what, "entries") == 0)
		return bpf_map__set_max_entries(map_of(object, subject), strtoul(next_word(), NULL, 0));
	if (strcmp(what, "value") == 0)
		return bpf_map__set_value_size(map_of(object, subject), strtoul(next_word(), NULL, 0));
	if (strcmp(what, "events") == 0)
		return use_perf_events(map_of(object, subject));
	if (strcmp(what, "omit") == 0)
		return bpf_map__set_autocreate(map_of(object, subject), false);
	if (strcmp(what, "set") == 0)
		return set_constant(object, subject, strtoull(next_word(), NULL, 0));
	fprintf(stderr, "load: the plan says '%s'\n", what);
	exit(1);
}

static int apply_line(struct bpf_object *object)
{
	const char *what = next_word();
	char *subject;
	int error = 0;

	while (error == 0 && (subject = next_word()))
		error = apply_word(object, what, subject);
	return error;
}

int plan_apply(const char *plan, const char *name, struct bpf_object *object)
{
	FILE *file = fopen(plan, "r");
	char *line = NULL;
	size_t capacity = 0;
	int error = 0;

	if (!file) {
		fprintf(stderr, "load: cannot read %s: %m\n", plan);
		exit(1);
	}
	while (error == 0 && getline(&line, &capacity, file) > 0) {
		const char *owner = strtok(line, separators);

		if (owner && strcmp(owner, name) == 0)
			error = apply_line(object);
	}
	free(line);
	fclose(file);
	return error;
}
