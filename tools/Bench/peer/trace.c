// SPDX-License-Identifier: MIT
// trace OBJECT WAY [WAKEUP]: what tcpconnlat does, on libbpf: loads the three programs of one way (tp_btf, raw_tp),
// attaches them, opens the perf buffer, prints the header and then a row for each event. It knows beforehand which way
// works here, which tcpconnlat finds out. It is woken for each event, or for every WAKEUP.
#define _GNU_SOURCE
#include "events.h"
#include "row.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static volatile sig_atomic_t s_stop;

static void on_signal(int signal)
{
	(void)signal;
	s_stop = 1;
}

static enum bpf_perf_event_ret handle(void *context, int cpu, struct perf_event_header *header)
{
	unsigned long long *lost = context;

	(void)cpu;
	if (header->type == PERF_RECORD_SAMPLE)
		print_row(stdout, event_of(header));
	else if (header->type == PERF_RECORD_LOST)
		*lost += ((const struct lost *)header)->count;
	return LIBBPF_PERF_EVENT_CONT;
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
	unsigned long long lost = 0;

	if (argc != 3 && argc != 4) {
		fprintf(stderr, "usage: trace OBJECT tp_btf|raw_tp [WAKEUP]\n");
		return 2;
	}
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	libbpf_set_print(ignore);
	object = load(argv[1], argv[2]);
	buffer = open_events(object, argc == 4 ? atoi(argv[3]) : 1, handle, &lost);
	attach(object, argv[2]);
	printf("%-6s %-12s %-2s %-16s %-16s %-5s %s\n", "PID", "COMM", "IP", "SADDR", "DADDR", "DPORT", "LAT(ms)");
	fflush(stdout);
	while (!s_stop) {
		int result = perf_buffer__poll(buffer, POLL_MS);

		if (result < 0 && result != -EINTR)
			die("perf_buffer__poll");
		fflush(stdout);
	}
	perf_buffer__consume(buffer);
	if (lost)
		fprintf(stderr, "trace: the rings reported %llu lost events\n", lost);
	return 0;
}
