// SPDX-License-Identifier: MIT
//
// Cuts what the corpus is made of out of larger files:
//
//   cut object PROGRAM RESULT   the BPF object within a program that embeds one (an ELF file of machine 247)
//   cut btf KERNEL RESULT       the BTF of an unpacked kernel, be it an ELF file (x86) or a flat Image (arm64)

#define _GNU_SOURCE
#include <elf.h>
#include <fcntl.h>
#include <linux/btf.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct bytes {
	const unsigned char *start;
	size_t size;
};

static void fail(const char *what, const char *path)
{
	fprintf(stderr, "cut: %s %s\n", what, path);
	exit(1);
}

static struct bytes map_file(const char *path)
{
	struct bytes file;
	struct stat stat;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &stat) != 0)
		fail("cannot read", path);
	file.size = stat.st_size;
	file.start = mmap(NULL, file.size, PROT_READ, MAP_PRIVATE, fd, 0);
	if (file.start == MAP_FAILED)
		fail("cannot map", path);
	close(fd);
	return file;
}

static void write_file(struct bytes content, const char *path)
{
	FILE *file = fopen(path, "w");

	if (!file || fwrite(content.start, 1, content.size, file) != content.size || fclose(file) != 0)
		fail("cannot write", path);
}

static void extend(size_t *end, size_t offset, size_t size)
{
	if (offset + size > *end)
		*end = offset + size;
}

// Size of the object that starts here: the furthest of its section table and its sections. 0 when there is none.
static size_t object_size(struct bytes rest)
{
	const Elf64_Ehdr *header = (const void *)rest.start;
	const Elf64_Shdr *sections;
	size_t end = 0;

	if (rest.size < sizeof(*header) || memcmp(header->e_ident, ELFMAG, SELFMAG) != 0 ||
	    header->e_ident[EI_CLASS] != ELFCLASS64 || header->e_machine != EM_BPF)
		return 0;
	extend(&end, header->e_shoff, header->e_shnum * sizeof(*sections));
	if (end > rest.size)
		return 0;
	sections = (const void *)(rest.start + header->e_shoff);
	for (int i = 1; i < header->e_shnum; i++)
		if (sections[i].sh_type != SHT_NOBITS)
			extend(&end, sections[i].sh_offset, sections[i].sh_size);
	return end <= rest.size ? end : 0;
}

// Size of the BTF that starts here; 0 when there is none. That of a kernel has its strings right behind its types.
static size_t btf_size(struct bytes rest)
{
	const struct btf_header *header = (const void *)rest.start;
	size_t size;

	if (rest.size < sizeof(*header) || header->magic != BTF_MAGIC || header->version != BTF_VERSION ||
	    header->flags != 0 || header->hdr_len != sizeof(*header) || header->type_off != 0 ||
	    header->str_off != header->type_len || header->str_len < 2)
		return 0;
	size = sizeof(*header) + (size_t)header->str_off + header->str_len;
	if (size > rest.size || rest.start[sizeof(*header) + header->str_off] != 0 || rest.start[size - 1] != 0)
		return 0;
	return size;
}

// The largest part of the file that is one of the wanted; both kinds are aligned to four bytes where they lie.
static struct bytes find_largest(struct bytes file, size_t (*size_at)(struct bytes))
{
	struct bytes found = {0};

	for (size_t offset = 0; offset < file.size; offset += 4) {
		struct bytes rest = {file.start + offset, file.size - offset};
		size_t size = size_at(rest);

		if (size > found.size)
			found = (struct bytes){rest.start, size};
	}
	return found;
}

int main(int argc, char **argv)
{
	bool is_object = argc == 4 && strcmp(argv[1], "object") == 0;
	bool is_btf = argc == 4 && strcmp(argv[1], "btf") == 0;
	struct bytes found;

	if (!is_object && !is_btf) {
		fputs("usage: cut object PROGRAM RESULT | btf KERNEL RESULT\n", stderr);
		return 2;
	}
	found = find_largest(map_file(argv[2]), is_object ? object_size : btf_size);
	if (!found.size)
		fail(is_object ? "no BPF object in" : "no BTF in", argv[2]);
	write_file(found, argv[3]);
	return 0;
}
