/* SPDX-License-Identifier: MIT */
/*
 * Reads events (struct event of bpf/tcpconnlat.h) from standard input and prints the rows that a C tool with
 * libbpf-tools' formats prints. RowFormatOracleTests compares its output with ours, byte for byte.
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

static void print_header(int has_time, int has_lport)
{
	if (has_time)
		printf("%-9s ", "TIME(s)");
	printf("%-6s %-12s %-2s %-16s ", "PID", "COMM", "IP", "SADDR");
	if (has_lport)
		printf("%-6s ", "LPORT");
	printf("%-16s %-5s %s\n", "DADDR", "DPORT", "LAT(ms)");
}

static void print_row(const struct event *e, uint64_t first_ns, int has_time, int has_lport)
{
	char src[INET6_ADDRSTRLEN], dst[INET6_ADDRSTRLEN];
	int family = e->ip_version == 4 ? AF_INET : AF_INET6;

	inet_ntop(family, e->saddr, src, sizeof(src));
	inet_ntop(family, e->daddr, dst, sizeof(dst));
	if (has_time)
		printf("%-9.3f ", (double)(int64_t)(e->timestamp_ns - first_ns) / 1e9);
	printf("%-6d %-12.12s %-2d %-16s ", e->tgid, e->comm, e->ip_version, src);
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
