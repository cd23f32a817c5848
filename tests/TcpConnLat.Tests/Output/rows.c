/* SPDX-License-Identifier: MIT */
/*
 * Reads events (struct event of bpf/tcpconnlat.h) from standard input and prints the rows that a C tool with
 * libbpf-tools' formats prints, control characters in names apart. RowFormatOracleTests compares its output with ours, byte for byte.
 * Usage: rows [t][L], each letter adding a column.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct event {
	uint64_t timestamp_ns;
	uint64_t latency_ns;
	uint8_t saddr[16];
	uint8_t daddr[16];
	char comm[16];
	uint32_t tgid;
	uint16_t lport;
	uint16_t dport;
	uint8_t ip_version;
	uint8_t outcome;
	uint8_t way;
	uint8_t reserved[5];
};

_Static_assert(sizeof(struct event) == 80, "struct event has 80 bytes");

enum { NAME_WIDTH = 12 };

static int is_c1_trail(unsigned char byte)
{
	return byte >= 0x80 && byte <= 0x9f;
}

static void print_header(int has_time, int has_lport)
{
	if (has_time)
		printf("%-9s ", "TIME(s)");
	printf("%-6s %-12s %-2s %-16s ", "PID", "COMM", "IP", "SADDR");
	if (has_lport)
		printf("%-6s ", "LPORT");
	printf("%-16s %-5s %s\n", "DADDR", "DPORT", "LAT(ms)");
}

/* The first 12 bytes of a name, with a '?' for each byte of a control character: C0, DEL, and C1 in UTF-8. */
static void copy_name(char *name, const char *comm)
{
	size_t length = strnlen(comm, NAME_WIDTH);

	for (size_t i = 0; i < length; i++) {
		unsigned char before = i > 0 ? comm[i - 1] : 0;
		unsigned char byte = comm[i];
		unsigned char after = i + 1 < length ? comm[i + 1] : 0;
		int is_c1 = (byte == 0xc2 && is_c1_trail(after)) || (before == 0xc2 && is_c1_trail(byte));

		name[i] = byte < 0x20 || byte == 0x7f || is_c1 ? '?' : byte;
	}

	name[length] = 0;
}

static void print_row(const struct event *e, uint64_t first_ns, int has_time, int has_lport)
{
	char src[INET6_ADDRSTRLEN], dst[INET6_ADDRSTRLEN];
	char name[NAME_WIDTH + 1];
	int family = e->ip_version == 4 ? AF_INET : AF_INET6;

	copy_name(name, e->comm);
	inet_ntop(family, e->saddr, src, sizeof(src));
	inet_ntop(family, e->daddr, dst, sizeof(dst));
	if (has_time)
		printf("%-9.3f ", (double)(int64_t)(e->timestamp_ns - first_ns) / 1e9);
	printf("%-6d %-12.12s %-2d %-16s ", e->tgid, name, e->ip_version, src);
	if (has_lport)
		printf("%-6d ", e->lport);
	printf("%-16s %-5d %.2f\n", dst, e->dport, (double)e->latency_ns / 1e6);
}

int main(int argc, char **argv)
{
	int has_time = argc > 1 && strchr(argv[1], 't');
	int has_lport = argc > 1 && strchr(argv[1], 'L');
	struct event e;
	uint64_t first_ns = 0;

	print_header(has_time, has_lport);
	for (int n = 0; fread(&e, sizeof(e), 1, stdin) == 1; n++) {
		if (n == 0)
			first_ns = e.timestamp_ns;
		print_row(&e, first_ns, has_time, has_lport);
	}

	return 0;
}
