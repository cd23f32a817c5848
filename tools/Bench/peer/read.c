// SPDX-License-Identifier: MIT
// read OBJECT WAKEUP: reads tcpconnlat's perf buffer on libbpf and does nothing but count; woken for every WAKEUP events.
// No program is loaded: the events come from whoever has the map. Prints "ready", and "read N lost N cpu T" on SIGTERM,
// T being the microseconds of CPU since "ready", in user space and in the kernel.
#define _GNU_SOURCE
#include "events.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>

static volatile sig_atomic_t s_stop;

struct counts {
	unsigned long long read, lost;
};

static void on_signal(int signal)
{
	(void)signal;
	s_stop = 1;
}

static enum bpf_perf_event_ret count(void *context, int cpu, struct perf_event_header *header)
{
	struct counts *counts = context;

	(void)cpu;
	if (header->type == PERF_RECORD_SAMPLE)
		counts->read++;
	else if (header->type == PERF_RECORD_LOST)
		counts->lost += ((const struct lost *)header)->count;
	return LIBBPF_PERF_EVENT_CONT;
}

static struct bpf_object *load_maps(const char *path)
{
	struct bpf_object *object = bpf_object__open_file(path, NULL);
	struct bpf_program *program;

	if (!object)
		die(path);
	bpf_object__for_each_program(program, object)
		bpf_program__set_autoload(program, 0);
	if (bpf_object__load(object))
		die("bpf_object__load");
	return object;
}

static long long cpu_us(void)
{
	struct rusage usage;

	getrusage(RUSAGE_SELF, &usage);
	return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000LL + usage.ru_utime.tv_usec +
	       usage.ru_stime.tv_usec;
}

int main(int argc, char **argv)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct counts counts = {0};
	struct perf_buffer *buffer;
	long long began;

	if (argc != 3) {
		fprintf(stderr, "usage: read OBJECT WAKEUP\n");
		return 2;
	}
	sigaction(SIGTERM, &action, NULL);
	buffer = open_events(load_maps(argv[1]), atoi(argv[2]), count, &counts);
	printf("ready\n");
	fflush(stdout);
	began = cpu_us();
	while (!s_stop) {
		int result = perf_buffer__poll(buffer, POLL_MS);

		if (result < 0 && result != -EINTR)
			die("perf_buffer__poll");
	}
	perf_buffer__consume(buffer);
	printf("read %llu lost %llu cpu %lld\n", counts.read, counts.lost, cpu_us() - began);
	return 0;
}
