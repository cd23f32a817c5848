// SPDX-License-Identifier: MIT
#include "refs.h"

#include "fake_kernel.h"
#include "fake_symbols.h"
#include "json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct writer {
	FILE *out;
	const struct bpf_object *object;
	const struct btf *kernel_types;
	int written;
};

static bool is_ld_imm64(const struct bpf_insn *insn)
{
	return insn->code == (BPF_LD | BPF_IMM | BPF_DW);
}

// libbpf prefixes .data, .bss, .rodata and .kconfig with the object's name; the section name starts at the first dot.
// Null for a jump table, which is none of the object's maps.
static const char *map_name(const struct bpf_object *object, int fd)
{
	const struct bpf_map *map;

	bpf_object__for_each_map(map, object) {
		const char *name = bpf_map__name(map);

		if (bpf_map__fd(map) != fd)
			continue;
		return bpf_map__is_internal(map) ? strchr(name, '.') : name;
	}
	return NULL;
}

static void write_jump_table(struct writer *writer, int fd)
{
	const struct jump_table *table = fake_kernel_jump_table(fd);

	if (!table) {
		fprintf(stderr, "oracle: descriptor %d belongs to no map\n", fd);
		exit(70);
	}
	fputs(",\"table\":[", writer->out);
	for (__u32 i = 0; i < table->count; i++)
		fprintf(writer->out, "%s%u", i ? "," : "", table->places[i]);
	fputs("]", writer->out);
}

static const char *kernel_type_name(const struct btf *types, int id)
{
	const struct btf_type *type = types ? btf__type_by_id(types, id) : NULL;

	if (!type) {
		fprintf(stderr, "oracle: the target BTF has no type %d\n", id);
		exit(70);
	}
	return btf__name_by_offset(types, type->name_off);
}

static void write_ref(struct writer *writer, size_t index, const char *kind, const char *name)
{
	fprintf(writer->out, "%s{\"insn\":%zu,\"kind\":\"%s\",\"name\":", writer->written++ ? "," : "", index, kind);
	json_string(writer->out, name);
}

static void write_ld_imm64(struct writer *writer, struct bpf_insn *insn, size_t index)
{
	const char *name;

	switch (insn->src_reg) {
	case 0:
		if (insn[1].imm != FAKE_SYMBOL_BASE)
			break;
		write_ref(writer, index, "ksym", fake_symbol_name(insn->imm));
		fputs("}", writer->out);
		insn[0].imm = 0;
		insn[1].imm = 0;
		break;
	case BPF_PSEUDO_MAP_FD:
		name = map_name(writer->object, insn->imm);
		write_ref(writer, index, "map", name ? name : "?");
		fputs("}", writer->out);
		insn[0].imm = 0;
		break;
	case BPF_PSEUDO_MAP_VALUE:
		name = map_name(writer->object, insn->imm);
		write_ref(writer, index, "map_value", name ? name : ".jumptables");
		fprintf(writer->out, ",\"off\":%u", (unsigned int)insn[1].imm);
		if (!name)
			write_jump_table(writer, insn->imm);
		fputs("}", writer->out);
		insn[0].imm = 0;
		insn[1].imm = 0;
		break;
	case BPF_PSEUDO_BTF_ID:
		write_ref(writer, index, "btf_var", kernel_type_name(writer->kernel_types, insn->imm));
		fputs("}", writer->out);
		insn[0].imm = 0;
		insn[1].imm = 0;
		break;
	}
}

static void write_kfunc_call(struct writer *writer, struct bpf_insn *insn, size_t index)
{
	write_ref(writer, index, "kfunc", kernel_type_name(writer->kernel_types, insn->imm));
	fprintf(writer->out, ",\"off\":%d}", insn->off);
	insn->imm = 0;
}

void refs_write_and_zero(FILE *out, const struct bpf_object *object, const struct btf *kernel_types,
			 struct bpf_insn *insns, size_t count)
{
	struct writer writer = {.out = out, .object = object, .kernel_types = kernel_types};

	fputc('[', out);
	for (size_t i = 0; i < count; i++) {
		if (is_ld_imm64(&insns[i])) {
			write_ld_imm64(&writer, &insns[i], i);
			i++; // the second slot is no instruction
		} else if (insns[i].code == (BPF_JMP | BPF_CALL) && insns[i].src_reg == BPF_PSEUDO_KFUNC_CALL) {
			write_kfunc_call(&writer, &insns[i], i);
		}
	}
	fputc(']', out);
}
