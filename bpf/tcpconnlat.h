/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What the BPF programs and user space agree on: the class ConnectBpf is generated from it. The
 * object's BTF carries the struct, so that a test can compare the two. The includer defines __u8 to __u64.
 */
#ifndef TCPCONNLAT_H
#define TCPCONNLAT_H

#define TASK_COMM_LEN 16

/* How the connect was answered. 0 is never sent. */
enum outcome {
	OUTCOME_ESTABLISHED = 1, /* a SYN-ACK, or a SYN (simultaneous open, self-connect) */
	OUTCOME_RESET = 2,       /* an RST */
};

/* Which kind of program started the clock; the same kind ended it, or the state change did. 0 is never sent. */
enum way {
	WAY_FENTRY = 1, /* entering tcp_v4_connect or tcp_v6_connect .. entering tcp_rcv_state_process */
	WAY_KPROBE = 2, /* the same two points */
	WAY_TP_BTF = 3, /* the state becoming SYN_SENT .. the state leaving SYN_SENT */
	WAY_RAW_TP = 4, /* the same two points */
};

/* Bits of the variable state_start. */
enum state_start {
	STATE_START_IPV4 = 1, /* no entry probe is attached to tcp_v4_connect */
	STATE_START_IPV6 = 2, /* no entry probe is attached to tcp_v6_connect */
};

/* One answered connect. Integers are in the host's byte order, addresses in network order as the kernel holds them. */
struct event {
	__u64 timestamp_ns;       /* CLOCK_MONOTONIC when the span ended; minus latency_ns it is when the span started */
	__u64 latency_ns;         /* length of the span, never negative */
	__u8 saddr[16];           /* local address; IPv4 in the first 4 bytes, the rest 0 */
	__u8 daddr[16];           /* remote address, likewise; v4-mapped is given as IPv4 */
	char comm[TASK_COMM_LEN]; /* name of the thread that called connect(), ends with 0 */
	__u32 tgid;               /* process that called connect(), as the initial PID namespace numbers it */
	__u16 lport;              /* local port */
	__u16 dport;              /* remote port */
	__u8 ip_version;          /* 4 or 6: what is on the wire, not the socket's family */
	__u8 outcome;             /* enum outcome */
	__u8 way;                 /* enum way */
	__u8 reserved[5];         /* 0 */
};

_Static_assert(sizeof(struct event) == 80, "struct event is mirrored by user space");
_Static_assert(__builtin_offsetof(struct event, tgid) == 64, "struct event is mirrored by user space");

#endif /* TCPCONNLAT_H */
