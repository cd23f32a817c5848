// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "arguments.h"

#include "fake_kernel.h"
#include "json.h"
#include "log.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <stdlib.h>
#include <string.h>

enum { FEAT_ARG_CTX_TAG = 20 }; // enum kern_feature_id in src/libbpf_internal.h of libbpf 1.7

static const char *kind_name(const struct btf_type *type)
{
	switch (btf_kind(type)) {
	case BTF_KIND_INT: return "int";
	case BTF_KIND_PTR: return "pointer";
	case BTF_KIND_STRUCT: return "struct";
	case BTF_KIND_FWD: return "forward";
	case BTF_KIND_TYPEDEF: return "typedef";
	default: return "other";
	}
}

// The chain of types behind an argument: "pointer struct:x".
static void write_type(FILE *out, const struct btf *types, __u32 id)
{
	const char *separator = "";

	fputc('"', out);
	for (const struct btf_type *type; id; id = type->type, separator = " ") {
		const char *name;

		type = btf__type_by_id(types, id);
		name = btf__name_by_offset(types, type->name_off);
		fprintf(out, "%s%s%s%s", separator, kind_name(type), *name ? ":" : "", name);
		if (btf_kind(type) != BTF_KIND_PTR && btf_kind(type) != BTF_KIND_TYPEDEF)
			break;
	}
	fputc('"', out);
}

static void write_function(FILE *out, const struct btf *types, const struct bpf_func_info *info)
{
	const struct btf_type *function = btf__type_by_id(types, info->type_id);
	const struct btf_type *prototype = btf__type_by_id(types, function->type);

	fprintf(out, "{\"insn\":%u,\"name\":", info->insn_off);
	json_string(out, btf__name_by_offset(types, function->name_off));
	fputs(",\"arguments\":[", out);
	for (int i = 0; i < btf_vlen(prototype); i++) {
		fputs(i ? "," : "", out);
		write_type(out, types, btf_params(prototype)[i].type);
	}
	fputs("]}", out);
}

static void write_program(FILE *out, const struct btf *types, const struct bpf_program *program)
{
	const struct bpf_func_info *info = bpf_program__func_info(program);

	fputs("{\"name\":", out);
	json_string(out, bpf_program__name(program));
	fputs(",\"functions\":[", out);
	for (__u32 i = 0; i < bpf_program__func_info_cnt(program); i++) {
		fputs(i ? "," : "", out);
		write_function(out, types, &info[i]);
	}
	fputs("]}", out);
}

void arguments(FILE *out, const char *object_path, const char *btf_path)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .btf_custom_path = btf_path, .bpf_token_path = "");
	struct bpf_program *program;
	struct bpf_object *object;
	int index = 0;

	log_collect();
	fake_kernel_use_btf(btf_path);
	fake_kernel_lack(FEAT_ARG_CTX_TAG);
	object = bpf_object__open_file(object_path, &options);
	if (!object || bpf_object__prepare(object) != 0) {
		fprintf(stderr, "oracle: libbpf refuses %s: %s\n", object_path, log_text());
		exit(1);
	}
	fputs("{\"object\":", out);
	json_string(out, basename(object_path));
	fputs(",\"programs\":[", out);
	bpf_object__for_each_program(program, object) {
		fputs(index++ ? "," : "", out);
		write_program(out, bpf_object__btf(object), program);
	}
	fputs("]}\n", out);
	bpf_object__close(object);
}
