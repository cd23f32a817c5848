// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "describe.h"

#include "json.h"
#include "log.h"

#include <bpf/libbpf.h>
#include <stdbool.h>
#include <string.h>

static void write_text(FILE *out, const char *key, const char *text)
{
	fprintf(out, "\"%s\":", key);
	if (text)
		json_string(out, text);
	else
		fputs("null", out);
}

static void write_initial_value(FILE *out, const struct bpf_map *map)
{
	size_t size = 0;
	const void *value = bpf_map__is_internal(map) ? bpf_map__initial_value(map, &size) : NULL;

	fputs(",\"initial\":", out);
	if (value)
		json_hex(out, value, size);
	else
		fputs("null", out);
}

static void write_map(FILE *out, struct bpf_map *map)
{
	struct bpf_map *inner = bpf_map__inner_map(map);

	fputc('{', out);
	write_text(out, "name", bpf_map__name(map));
	fprintf(out,
		",\"type\":%d,\"key_size\":%u,\"value_size\":%u,\"max_entries\":%u,\"flags\":%u,\"map_extra\":%llu,"
		"\"numa_node\":%u,",
		bpf_map__type(map), bpf_map__key_size(map), bpf_map__value_size(map), bpf_map__max_entries(map),
		bpf_map__map_flags(map), (unsigned long long)bpf_map__map_extra(map), bpf_map__numa_node(map));
	write_text(out, "pin_path", bpf_map__pin_path(map));
	write_initial_value(out, map);
	fputs(",\"inner\":", out);
	if (inner)
		write_map(out, inner);
	else
		fputs("null", out);
	fputc('}', out);
}

static void write_program(FILE *out, const struct bpf_program *program)
{
	fputc('{', out);
	write_text(out, "name", bpf_program__name(program));
	fputc(',', out);
	write_text(out, "section", bpf_program__section_name(program));
	fprintf(out, ",\"type\":%d,\"attach_type\":%d,\"autoload\":%s,\"flags\":%u,\"insns\":%zu}",
		bpf_program__type(program), bpf_program__expected_attach_type(program),
		bpf_program__autoload(program) ? "true" : "false", bpf_program__flags(program),
		bpf_program__insn_cnt(program));
}

static void write_contents(FILE *out, struct bpf_object *object)
{
	struct bpf_program *program;
	struct bpf_map *map;
	int index = 0;

	fputs("\"error\":null,\"maps\":[", out);
	bpf_object__for_each_map(map, object) {
		fputs(index++ ? "," : "", out);
		write_map(out, map);
	}
	fputs("],\"programs\":[", out);
	index = 0;
	bpf_object__for_each_program(program, object) {
		fputs(index++ ? "," : "", out);
		write_program(out, program);
	}
	fputs("]}\n", out);
}

void describe(FILE *out, const char *object_path)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .bpf_token_path = "");
	struct bpf_object *object;

	log_collect();
	log_clear();
	object = bpf_object__open_file(object_path, &options);
	fputc('{', out);
	write_text(out, "object", basename(object_path));
	fputc(',', out);
	if (object) {
		write_contents(out, object);
	} else {
		fputs("\"error\":{\"log\":", out);
		json_string(out, log_text());
		fputs("},\"maps\":[],\"programs\":[]}\n", out);
	}
	bpf_object__close(object);
}
