// SPDX-License-Identifier: MIT
// walk ROUNDS: drains a full perf ring of 64 pages in plain memory again and again. Its records are tcpconnlat's events;
// one of them wraps. Of each, a field is added up. Prints "ns T", nanoseconds for a record, and "sum S".
#define _GNU_SOURCE
#include "numbered.h"
#include "peer.h"

#include <linux/perf_event.h>

enum { DATA_SIZE = 64 * 4096, RECORD_SIZE = 96, FIRST = 48, RECORDS = DATA_SIZE / RECORD_SIZE };

struct sample {
	struct perf_event_header header;
	__u32 size;
	struct event event;
} __attribute__((packed));

struct total {
	__u64 samples, latency_ns;
};

static char s_data[DATA_SIZE] __attribute__((aligned(4096)));
static char s_scratch[1 << 16] __attribute__((aligned(8)));

static void fill(void)
{
	for (__u32 number = 0; number < RECORDS; number++) {
		char record[RECORD_SIZE] = {0};
		struct sample sample = {
			.header = {.type = PERF_RECORD_SAMPLE, .size = RECORD_SIZE},
			.size = RECORD_SIZE - sizeof(struct perf_event_header) - sizeof(__u32),
			.event = numbered_event(number, 4),
		};

		memcpy(record, &sample, sizeof(sample));
		for (size_t i = 0; i < RECORD_SIZE; i++)
			s_data[(FIRST + number * RECORD_SIZE + i) % DATA_SIZE] = record[i];
	}
}

static void handle(const struct perf_event_header *header, struct total *total)
{
	const struct sample *sample = (const struct sample *)header;

	if (header->type != PERF_RECORD_SAMPLE)
		return;
	total->samples++;
	total->latency_ns += sample->event.latency_ns;
}

static void drain(struct perf_event_mmap_page *control, struct total *total)
{
	__u64 head = __atomic_load_n(&control->data_head, __ATOMIC_ACQUIRE);
	__u64 tail = control->data_tail;

	while (tail != head) {
		size_t offset = tail & (DATA_SIZE - 1);
		const struct perf_event_header *header = (const void *)(s_data + offset);
		size_t size = header->size, before_end = DATA_SIZE - offset;

		if (size > before_end) {
			memcpy(s_scratch, header, before_end);
			memcpy(s_scratch + before_end, s_data, size - before_end);
			header = (const void *)s_scratch;
		}
		handle(header, total);
		tail += size;
	}
	__atomic_store_n(&control->data_tail, tail, __ATOMIC_RELEASE);
}

int main(int argc, char **argv)
{
	static struct perf_event_mmap_page control = {.data_head = FIRST + (__u64)RECORDS * RECORD_SIZE};
	int rounds = argc == 2 ? atoi(argv[1]) : 0;
	struct total total = {0};
	long long start = 0;

	fill();
	for (int round = -rounds / 10; round < rounds; round++) {
		if (round == 0) {
			total = (struct total){0};
			start = now_ns();
		}
		control.data_tail = FIRST;
		drain(&control, &total);
	}
	printf("ns %.4f sum %llu\n", (double)(now_ns() - start) / total.samples, (unsigned long long)total.latency_ns);
	return 0;
}
