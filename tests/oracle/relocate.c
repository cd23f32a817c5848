// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "relocate.h"

#include "fake_kernel.h"
#include "json.h"
#include "log.h"
#include "refs.h"

#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { ALL_PROGRAMS = -1, NO_PROGRAM = -2 };

struct job {
	FILE *out;
	const char *object_path;
	const char *btf_path;
	const struct btf *kernel_types;
};

// Opens and relocates with only the chosen program loaded. Null when libbpf refuses; log_text() has the reason.
static struct bpf_object *prepare(const struct job *job, int chosen)
{
	// An empty token path keeps libbpf from looking for a BPF file system.
	LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = job->btf_path, .bpf_token_path = "");
	struct bpf_program *program;
	struct bpf_object *object;
	struct bpf_map *map;
	int index = 0;

	log_clear();
	object = bpf_object__open_file(job->object_path, &options);
	if (!object)
		return NULL;
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, chosen == ALL_PROGRAMS || chosen == index++);
	bpf_object__for_each_map(map, object)
		bpf_map__set_pin_path(map, NULL);
	if (bpf_object__prepare(object) == 0)
		return object;
	bpf_object__close(object);
	return NULL;
}

static const char *section_name(const struct bpf_program *program)
{
	const char *name = bpf_program__section_name(program);

	return name[0] == '?' ? name + 1 : name;
}

static void write_identity(FILE *out, const struct bpf_program *program)
{
	fputs("{\"name\":", out);
	json_string(out, bpf_program__name(program));
	fputs(",\"section\":", out);
	json_string(out, section_name(program));
	fprintf(out, ",\"type\":%d,\"attach_type\":%d,", bpf_program__type(program),
		bpf_program__expected_attach_type(program));
}

static void write_instructions(const struct job *job, const struct bpf_object *object,
			       const struct bpf_program *program)
{
	size_t count = bpf_program__insn_cnt(program);
	size_t size = count * sizeof(struct bpf_insn);
	struct bpf_insn *copy = malloc(size);

	if (!copy)
		abort();
	memcpy(copy, bpf_program__insns(program), size);
	fputs("\"refs\":", job->out);
	refs_write_and_zero(job->out, object, job->kernel_types, copy, count);
	fputs(",\"insns\":", job->out);
	json_hex(job->out, copy, size);
	free(copy);
}

static void write_program(const struct job *job, const struct bpf_object *object, const struct bpf_program *program)
{
	write_identity(job->out, program);
	write_instructions(job, object, program);
	fputc('}', job->out);
}

static void write_all(const struct job *job, const struct bpf_object *object)
{
	const struct bpf_program *program = NULL;
	int index = 0;

	while ((program = bpf_object__next_program(object, (struct bpf_program *)program))) {
		fputs(index++ ? "," : "", job->out);
		write_program(job, object, program);
	}
}

static const struct bpf_program *program_at(const struct bpf_object *object, int index)
{
	struct bpf_program *program = bpf_object__next_program(object, NULL);

	while (index-- > 0)
		program = bpf_object__next_program(object, program);
	return program;
}

static int count_programs(const struct bpf_object *object)
{
	struct bpf_program *program;
	int count = 0;

	bpf_object__for_each_program(program, object)
		count++;
	return count;
}

// libbpf stops at the first program that fails, so each one is relocated in an object of its own.
static void write_one_by_one(const struct job *job, const struct bpf_object *none)
{
	int count = count_programs(none);

	for (int i = 0; i < count; i++) {
		struct bpf_object *object = prepare(job, i);

		fputs(i ? "," : "", job->out);
		if (object) {
			write_program(job, object, program_at(object, i));
		} else {
			write_identity(job->out, program_at(none, i));
			fputs("\"error\":", job->out);
			json_string(job->out, log_text());
			fputc('}', job->out);
		}
		bpf_object__close(object);
	}
}

// bpf_object__load() refuses the other byte order, bpf_object__prepare() does not yet.
static bool is_other_endian(const struct bpf_object *object)
{
	const struct btf *types = bpf_object__btf(object);

	return types && btf__endianness(types) != (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? BTF_LITTLE_ENDIAN
											      : BTF_BIG_ENDIAN);
}

static void write_programs(const struct job *job)
{
	struct bpf_object *object = prepare(job, ALL_PROGRAMS);

	if (object && is_other_endian(object)) {
		fputs("\"error\":{\"log\":\"loading non-native endianness is unsupported\"},\"programs\":[", job->out);
	} else if (object) {
		fputs("\"error\":null,\"programs\":[", job->out);
		write_all(job, object);
	} else if ((object = prepare(job, NO_PROGRAM))) {
		fputs("\"error\":null,\"programs\":[", job->out);
		write_one_by_one(job, object);
	} else {
		fputs("\"error\":{\"log\":", job->out);
		json_string(job->out, log_text());
		fputs("},\"programs\":[", job->out);
	}
	fputs("]", job->out);
	bpf_object__close(object);
}

void relocate(FILE *out, const char *object_path, const char *btf_path)
{
	struct btf *kernel_types;
	struct job job = {.out = out, .object_path = object_path, .btf_path = btf_path};

	log_collect();
	fake_kernel_use_btf(btf_path);
	kernel_types = btf__parse(btf_path, NULL);
	job.kernel_types = kernel_types;
	fputs("{\"object\":", out);
	json_string(out, basename(object_path));
	fputc(',', out);
	write_programs(&job);
	fputs("}\n", out);
	btf__free(kernel_types);
}
