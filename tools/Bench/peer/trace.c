// SPDX-License-Identifier: MIT
// trace OBJECT WAY: what tcpconnlat does, on libbpf: loads the three programs of one way (tp_btf, raw_tp), attaches
// them, opens the perf buffer, prints the header and then a row for each event. It knows beforehand which way works
// here, which tcpconnlat finds out.
#define _GNU_SOURCE
#include "peer.h"

#include <arpa/inet.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "../../../bpf/tcpconnlat.h"

enum { PAGES_PER_CPU = 64, POLL_MS = 100 };

static volatile sig_atomic_t s_stop;

static void on_signal(int signal)
{
	(void)signal;
	s_stop = 1;
}

static void print_row(void *context, int cpu, void *data, __u32 size)
{
	const struct event *event = data;
	int family = event->ip_version == 4 ? AF_INET : AF_INET6;
	char saddr[INET6_ADDRSTRLEN], daddr[INET6_ADDRSTRLEN];

	(void)context;
	(void)cpu;
	(void)size;
	inet_ntop(family, event->saddr, saddr, sizeof(saddr));
	inet_ntop(family, event->daddr, daddr, sizeof(daddr));
	printf("%-6u %-12.12s %-2d %-16s %-16s %-5d %.2f\n", event->tgid, event->comm, event->ip_version, saddr, daddr,
	       event->dport, event->latency_ns / 1000000.0);
}

static void on_lost(void *context, int cpu, __u64 count)
{
	(void)context;
	fprintf(stderr, "lost %llu events on CPU %d\n", (unsigned long long)count, cpu);
}

static int ignore(enum libbpf_print_level level, const char *format, va_list arguments)
{
	return level == LIBBPF_WARN ? vfprintf(stderr, format, arguments) : 0;
}

static bool is_of_way(const struct bpf_program *program, const char *way)
{
	return strncmp(bpf_program__name(program), way, strlen(way)) == 0;
}

static struct bpf_object *load(const char *path, const char *way)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);
	struct bpf_program *program;

	if (!object)
		die(path);
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, is_of_way(program, way));
	if (bpf_object__load(object))
		die("bpf_object__load");
	return object;
}

// The links live as long as the process.
static void attach(struct bpf_object *object, const char *way)
{
	struct bpf_program *program;

	bpf_object__for_each_program(program, object) {
		if (is_of_way(program, way) && !bpf_program__attach(program))
			die(bpf_program__name(program));
	}
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct perf_buffer *buffer;
	struct bpf_object *object;

	if (argc != 3) {
		fprintf(stderr, "usage: trace OBJECT tp_btf|raw_tp\n");
		return 2;
	}
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	libbpf_set_print(ignore);
	object = load(argv[1], argv[2]);
	buffer = perf_buffer__new(bpf_object__find_map_fd_by_name(object, "events"), PAGES_PER_CPU, print_row, on_lost,
				  NULL, NULL);
	if (!buffer)
		die("perf_buffer__new");
	attach(object, argv[2]);
	printf("%-6s %-12s %-2s %-16s %-16s %-5s %s\n", "PID", "COMM", "IP", "SADDR", "DADDR", "DPORT", "LAT(ms)");
	fflush(stdout);
	while (!s_stop) {
		int result = perf_buffer__poll(buffer, POLL_MS);

		if (result < 0 && result != -EINTR)
			die("perf_buffer__poll");
		fflush(stdout);
	}
	return 0;
}
