/* SPDX-License-Identifier: MIT */
/* Events by number, all different, as bpf/eventload.bpf.c makes them. */
#ifndef NUMBERED_H
#define NUMBERED_H

#include <arpa/inet.h>
#include <linux/types.h>
#include <string.h>

#include "../../../bpf/tcpconnlat.h"

static inline void put32(__u8 *bytes, __u32 value)
{
	value = htonl(value);
	memcpy(bytes, &value, sizeof(value));
}

static inline struct event numbered_event(__u32 number, int ip_version)
{
	struct event event = {
		.timestamp_ns = number * 1000ull,
		.latency_ns = number * 2654435761u >> 4,
		.comm = "event-load",
		.tgid = number,
		.lport = 32768 + number % 28232,
		.dport = number % 65535 + 1,
		.ip_version = ip_version,
		.outcome = OUTCOME_ESTABLISHED,
		.way = WAY_RAW_TP,
	};

	if (ip_version == 4) {
		put32(event.saddr, 0x0a000000 | (number & 0xffffff));
		put32(event.daddr, 0xc0000200 | (number * 7 & 0xff));
		return event;
	}
	put32(event.saddr, 0x20010db8);
	put32(event.saddr + 8, 0x02005eff);
	put32(event.saddr + 12, 0xfe000000 | (number & 0xffffff));
	put32(event.daddr, 0x20010db8);
	put32(event.daddr + 12, number * 7 & 0xffff);
	return event;
}

#endif
