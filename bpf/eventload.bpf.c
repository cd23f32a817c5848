/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Makes events of connects that never were, for measurements and tests. It is the whole of tcpconnlat.bpf.c and one
 * program more, so that events leave through the same send() and the global data has the same layout: loaded with the
 * maps `events` and `.bss` of a running reader in place of its own, it fills that reader's rings and counts in its
 * counters. Only this program is loaded, and it is run by BPF_PROG_TEST_RUN.
 */
#include "tcpconnlat.bpf.c"

#define MOST_EVENTS_A_RUN 256

/* Time that the program took in all its runs, wake-ups of the reader included. Not in .bss, which is the reader's. */
__u64 spent_ns SEC(".data.load");

/* Like those of tcp_v4_connect: 10.0.0.0/8 to 192.0.2.1 and its neighbours, ephemeral ports. */
static __always_inline void number_ipv4(struct event *event, __u32 number)
{
	__be32 *saddr = (__be32 *)event->saddr;
	__be32 *daddr = (__be32 *)event->daddr;

	event->ip_version = 4;
	saddr[0] = bpf_htonl(0x0a000000 | (number & 0xffffff));
	daddr[0] = bpf_htonl(0xc0000200 | (number * 7 & 0xff));
}

/* 2001:db8::/32, the lower half filled as SLAAC does. */
static __always_inline void number_ipv6(struct event *event, __u32 number)
{
	__be32 *saddr = (__be32 *)event->saddr;
	__be32 *daddr = (__be32 *)event->daddr;

	event->ip_version = 6;
	saddr[0] = daddr[0] = bpf_htonl(0x20010db8);
	saddr[2] = bpf_htonl(0x02005eff);
	saddr[3] = bpf_htonl(0xfe000000 | (number & 0xffffff));
	daddr[3] = bpf_htonl(number * 7 & 0xffff);
}

/* No two events of less than 2^32 are equal: tgid is the number. The latency is anything up to 268 ms. */
static __always_inline void number_event(struct event *event, __u32 number, __u32 ip_version)
{
	if (ip_version == 4 || (ip_version == 0 && number & 1)) {
		number_ipv4(event, number);
	} else {
		number_ipv6(event, number);
	}

	event->timestamp_ns = bpf_ktime_get_ns();
	event->latency_ns = number * 2654435761u >> 4;
	event->tgid = number;
	event->lport = 32768 + number % 28232;
	event->dport = number % 65535 + 1;
	event->outcome = OUTCOME_ESTABLISHED;
	event->way = WAY_RAW_TP;
	__builtin_memcpy(event->comm, "event-load", sizeof("event-load"));
}

/* Arguments: the first event's number, how many of them, 4 or 6 or 0 for both in turn. */
SEC("raw_tp")
int BPF_PROG(make_events, __u32 first, __u32 amount, __u32 ip_version)
{
	__u64 begin_ns = bpf_ktime_get_ns();

	for (__u32 index = 0; index < MOST_EVENTS_A_RUN && index < amount; index++) {
		struct event event = {};

		number_event(&event, first + index, ip_version);
		send(ctx, &event);
	}

	spent_ns += bpf_ktime_get_ns() - begin_ns;
	return 0;
}
