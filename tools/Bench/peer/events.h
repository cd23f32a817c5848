/* SPDX-License-Identifier: MIT */
/* The perf buffer of tcpconnlat's events on libbpf, which wakes its reader for every `wakeup` events. */
#ifndef EVENTS_H
#define EVENTS_H

#include "peer.h"

#include <bpf/libbpf.h>
#include <linux/perf_event.h>

#include "../../../bpf/tcpconnlat.h"

enum { PAGES_PER_CPU = 64, POLL_MS = 100 };

/* PERF_RECORD_SAMPLE with PERF_SAMPLE_RAW alone: header, u32 size, the event. */
static inline const struct event *event_of(const struct perf_event_header *header)
{
	return (const void *)((const char *)header + sizeof(*header) + sizeof(__u32));
}

struct lost {
	struct perf_event_header header;
	__u64 id;
	__u64 count;
};

/* perf_buffer__new of libbpf 1.1 always wakes for each event; this is what it does, with a number of one's own. */
static inline struct perf_buffer *open_events(struct bpf_object *object, int wakeup, perf_buffer_event_fn handle,
					      void *context)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_BPF_OUTPUT,
		.sample_type = PERF_SAMPLE_RAW,
		.sample_period = wakeup,
		.wakeup_events = wakeup,
	};
	struct perf_buffer *buffer = perf_buffer__new_raw(bpf_object__find_map_fd_by_name(object, "events"),
							  PAGES_PER_CPU, &attr, handle, context, NULL);

	if (!buffer)
		die("perf_buffer__new_raw");
	return buffer;
}

#endif
