// SPDX-License-Identifier: MIT
#define _GNU_SOURCE
#include "kconfig.h"

#include "json.h"
#include "log.h"

#include <bpf/libbpf.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { KERNEL_VERSION_CODE = 0x06122C };

static bool s_has_own_configuration = true;

void *__real_gzopen64(const char *path, const char *mode);
void *__wrap_gzopen64(const char *path, const char *mode);
__u32 __real_get_kernel_version(void);
__u32 __wrap_get_kernel_version(void);

void *__wrap_gzopen64(const char *path, const char *mode)
{
	return s_has_own_configuration ? __real_gzopen64(path, mode) : NULL;
}

__u32 __wrap_get_kernel_version(void)
{
	return s_has_own_configuration ? __real_get_kernel_version() : KERNEL_VERSION_CODE;
}

static char *read_text(const char *path)
{
	char *text = NULL;
	size_t capacity = 0;
	FILE *file = fopen(path, "re");

	if (!file || getdelim(&text, &capacity, '\0', file) < 0) {
		fprintf(stderr, "oracle: cannot read %s\n", path);
		exit(1);
	}
	fclose(file);
	return text;
}

static struct bpf_object *prepare(const char *object_path, const char *text)
{
	LIBBPF_OPTS(bpf_object_open_opts, options, .kconfig = text, .bpf_token_path = "");
	struct bpf_object *object = bpf_object__open_file(object_path, &options);
	struct bpf_program *program;

	if (!object)
		return NULL;
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, false);
	if (bpf_object__prepare(object) == 0)
		return object;
	bpf_object__close(object);
	return NULL;
}

static void write_values(FILE *out, const struct bpf_object *object)
{
	struct bpf_map *map;
	size_t size;

	bpf_object__for_each_map(map, object) {
		const char *section = bpf_map__is_internal(map) ? strchr(bpf_map__name(map), '.') : NULL;

		if (section && strcmp(section, ".kconfig") == 0)
			json_hex(out, bpf_map__initial_value(map, &size), size);
	}
}

void kconfig(FILE *out, const char *object_path, const char *config_path)
{
	char *text = read_text(config_path);
	struct bpf_object *object;

	log_collect();
	log_clear();
	s_has_own_configuration = false;
	object = prepare(object_path, text);
	fputs("{\"object\":", out);
	json_string(out, basename(object_path));
	fputs(",\"config\":", out);
	json_string(out, basename(config_path));
	fputs(",\"values\":", out);
	if (object)
		write_values(out, object);
	else
		fputs("null", out);
	fputs(",\"error\":", out);
	if (object)
		fputs("null", out);
	else
		json_string(out, log_text());
	fputs("}\n", out);
	bpf_object__close(object);
	free(text);
}
