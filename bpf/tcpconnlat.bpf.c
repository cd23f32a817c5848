/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Latency of TCP connects: one event for each connect that was answered, by SYN-ACK or by RST.
 *
 * The same facts can be had in four ways (enum way); user space attaches those the kernel allows. The end is one point
 * for all of them: the state leaving SYN_SENT. Entry probes only sharpen the span: they start it when tcp_v4_connect
 * or tcp_v6_connect is entered, and end it when the answer entered tcp_rcv_state_process. Without them it starts when
 * the state becomes SYN_SENT.
 *
 * One of the two sets of tracepoint programs is attached, tp_btf or raw_tp, inet_sock_set_state after everything else.
 * The kernel holds the socket's lock at every one of these hooks but tcp_destroy_sock, where nobody else has the
 * socket any more, so an entry of the map is never written by two CPUs at once.
 */
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_tracing.h>
#include "tcpconnlat.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";

#define MAX_CONNECTS_IN_FLIGHT 16384

/* include/uapi/asm-generic/errno*.h, which BTF does not have */
#define ENOENT 2
#define ENOSPC 28
#define EOPNOTSUPP 95

/* Filters, fixed at load: the verifier removes those that are off. */
const volatile __u64 filter_min_ns = 0;    /* shorter spans are dropped */
const volatile __u32 filter_tgid = 0;      /* 0: every process */
const volatile __u8 filter_ip_version = 0; /* 0: both; 4 or 6, as on the wire */

/*
 * enum state_start. Not a constant, because it is known only once the entry probes were tried, which is after load;
 * it has to be written before inet_sock_set_state is attached.
 */
__u32 state_start = STATE_START_IPV4 | STATE_START_IPV6;

/* Touched only when something is lost. */
__u64 lost_events;     /* answered connects that found no room in the perf ring of their CPU */
__u64 lost_ringless;   /* those whose CPU had no perf ring: it had just come online */
__u64 lost_refused;    /* those that bpf_perf_event_output refused for another reason */
__u64 lost_starts;     /* connects for which the map had no room */
__u64 clock_anomalies; /* spans that ended before they started; dropped */

/* Never read: it puts struct event into the object's BTF. */
const struct event *event_layout;

/* A connect in flight. */
struct connect_start {
	__u64 start_ns;
	__u64 arrival_ns; /* last segment that arrived in SYN_SENT, seen by the way that started the span; 0: none */
	__u32 tgid;
	__u8 way;
	__u8 reset; /* an RST that the socket accepted */
	__u8 padding[2];
	char comm[TASK_COMM_LEN];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MAX_CONNECTS_IN_FLIGHT);
	__type(key, __u64); /* address of the socket */
	__type(value, struct connect_start);
} start SEC(".maps");

/* Records are struct event. User space sets max_entries to the number of possible CPUs. */
struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__type(key, __u32);
	__type(value, __u32);
} events SEC(".maps");

/*
 * How a program may read the socket. Typed loads, which the verifier checks, keep fentry and tp_btf free of
 * bpf_probe_read_kernel, which lockdown=confidentiality forbids; kprobe and raw_tp have no other means than that.
 */
enum reading {
	TYPED,
	PROBED,
};

/* `how` is a constant in every program, so one of the two reads remains after inlining. */
#define READ(how, pointer, field) ((how) == TYPED ? (pointer)->field : BPF_CORE_READ(pointer, field))

#define count(counter) __sync_fetch_and_add(&(counter), 1)

/* The look-up first: it takes no lock, and most sockets that go away have no entry. */
static __always_inline void forget(__u64 key)
{
	if (bpf_map_lookup_elem(&start, &key)) {
		bpf_map_delete_elem(&start, &key);
	}
}

/*
 * Always overwrites: an earlier connect on this socket may have failed before SYN_SENT and left its entry. For the
 * same reason a connect that is filtered out removes the entry. Runs in the task that calls connect(); the end does
 * not, so who it was is noted here.
 */
static __always_inline void begin(const struct sock *sk, enum way way)
{
	struct connect_start entry = { .way = way };
	__u64 key = (__u64)sk;

	entry.tgid = bpf_get_current_pid_tgid() >> 32;
	if (filter_tgid && filter_tgid != entry.tgid) {
		forget(key);
		return;
	}

	entry.start_ns = bpf_ktime_get_ns();
	bpf_get_current_comm(entry.comm, sizeof(entry.comm));
	if (bpf_map_update_elem(&start, &key, &entry, BPF_ANY)) {
		count(lost_starts);
	}
}

/*
 * An IPv6 socket gets here only from within tcp_v6_connect, for a v4-mapped address. If that has a probe, the span
 * has already begun.
 */
static __always_inline void entered_v4_connect(const struct sock *sk, enum way way, enum reading how)
{
	if (READ(how, sk, __sk_common.skc_family) == AF_INET6 && !(state_start & STATE_START_IPV6)) {
		return;
	}

	begin(sk, way);
}

/* Overwrites the arrival of a segment that did not end SYN_SENT, such as a stray ACK. */
static __always_inline void segment_arrived(const struct sock *sk, enum way way, enum reading how)
{
	struct connect_start *entry;
	__u64 key = (__u64)sk;

	if (READ(how, sk, __sk_common.skc_state) != TCP_SYN_SENT) {
		return;
	}

	entry = bpf_map_lookup_elem(&start, &key);
	if (entry && entry->way == way) {
		entry->arrival_ns = bpf_ktime_get_ns();
	}
}

/* Needs no look at the state: a socket that receives an RST and has an entry is in SYN_SENT. */
static __always_inline void reset_arrived(const struct sock *sk)
{
	__u64 key = (__u64)sk;
	struct connect_start *entry = bpf_map_lookup_elem(&start, &key);

	if (entry) {
		entry->reset = 1;
	}
}

/* What is on the wire: a v4-mapped address counts as IPv4. */
static __always_inline __u8 ip_version(const struct sock *sk, enum reading how)
{
	__be32 word0, word1, word2;

	if (READ(how, sk, __sk_common.skc_family) != AF_INET6 ||
	    !bpf_core_field_exists(sk->__sk_common.skc_v6_daddr)) {
		return 4;
	}

	word0 = READ(how, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[0]);
	word1 = READ(how, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[1]);
	word2 = READ(how, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[2]);
	return !word0 && !word1 && word2 == bpf_htonl(0xffff) ? 4 : 6;
}

/* Whether no entry probe can have begun the span of this connect. */
static __always_inline bool begins_at_state(const struct sock *sk, enum reading how)
{
	if (READ(how, sk, __sk_common.skc_family) == AF_INET6 && !(state_start & STATE_START_IPV6)) {
		return false;
	}

	return state_start & (ip_version(sk, how) == 4 ? STATE_START_IPV4 : STATE_START_IPV6);
}

static __always_inline void fill_addresses(struct event *event, const struct sock *sk, enum reading how)
{
	__be32 *saddr = (__be32 *)event->saddr;
	__be32 *daddr = (__be32 *)event->daddr;

	event->ip_version = ip_version(sk, how);
	if (event->ip_version == 4) {
		saddr[0] = READ(how, sk, __sk_common.skc_rcv_saddr);
		daddr[0] = READ(how, sk, __sk_common.skc_daddr);
		return;
	}

	saddr[0] = READ(how, sk, __sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[0]);
	saddr[1] = READ(how, sk, __sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[1]);
	saddr[2] = READ(how, sk, __sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[2]);
	saddr[3] = READ(how, sk, __sk_common.skc_v6_rcv_saddr.in6_u.u6_addr32[3]);
	daddr[0] = READ(how, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[0]);
	daddr[1] = READ(how, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[1]);
	daddr[2] = READ(how, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[2]);
	daddr[3] = READ(how, sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[3]);
}

/* Typed loads past struct sock need the helper's word that a TCP socket is what lies there. */
static __always_inline const struct tcp_sock *as_tcp_sock(const struct sock *sk, enum reading how)
{
	return how == TYPED ? bpf_skc_to_tcp_sock((void *)sk) : (const struct tcp_sock *)sk;
}

/* 0 if the connect went unanswered: timed out, refused by ICMP, cancelled. */
static __always_inline enum outcome outcome_of(const struct connect_start *entry, const struct tcp_sock *tp,
					       int new_state, enum reading how)
{
	if (new_state == TCP_ESTABLISHED || new_state == TCP_SYN_RECV) {
		/* A socket under TCP_REPAIR (CRIU) is declared established without a segment on the wire. */
		return READ(how, tp, segs_in) ? OUTCOME_ESTABLISHED : 0;
	}

	/* An ICMP error leaves the same errno as an RST. */
	return entry->reset ? OUTCOME_RESET : 0;
}

/* ENOENT: the CPU never had a ring. EOPNOTSUPP: it had one, and went offline since. */
static __always_inline void send(void *ctx, struct event *event)
{
	switch (bpf_perf_event_output(ctx, &events, BPF_F_CURRENT_CPU, event, sizeof(*event))) {
	case 0:
		break;
	case -ENOSPC:
		count(lost_events);
		break;
	case -ENOENT:
	case -EOPNOTSUPP:
		count(lost_ringless);
		break;
	default:
		count(lost_refused);
		break;
	}
}

static __always_inline void report(void *ctx, const struct sock *sk, int new_state,
				   const struct connect_start *entry, enum reading how)
{
	const struct tcp_sock *tp = as_tcp_sock(sk, how);
	struct event event = {};

	if (!tp) {
		return;
	}

	event.outcome = outcome_of(entry, tp, new_state, how);
	if (!event.outcome) {
		return;
	}

	event.timestamp_ns = entry->arrival_ns ? entry->arrival_ns : bpf_ktime_get_ns();
	if (event.timestamp_ns < entry->start_ns) {
		count(clock_anomalies);
		return;
	}

	event.latency_ns = event.timestamp_ns - entry->start_ns;
	if (event.latency_ns < filter_min_ns) {
		return;
	}

	fill_addresses(&event, sk, how);
	if (filter_ip_version && filter_ip_version != event.ip_version) {
		return;
	}

	/* inet_sport, not skc_num: at the change to CLOSE the port was already given back and skc_num is 0. */
	event.lport = bpf_ntohs(READ(how, tp, inet_conn.icsk_inet.inet_sport));
	event.dport = bpf_ntohs(READ(how, sk, __sk_common.skc_dport));
	event.tgid = entry->tgid;
	event.way = entry->way;
	__builtin_memcpy(event.comm, entry->comm, sizeof(event.comm));
	send(ctx, &event);
}

/* The kernel announces the change before it makes it. */
static __always_inline void state_changes(void *ctx, const struct sock *sk, int old_state, int new_state,
					  enum way way, enum reading how)
{
	struct connect_start *entry;
	__u64 key = (__u64)sk;

	if (old_state != TCP_SYN_SENT && new_state != TCP_SYN_SENT && new_state != TCP_CLOSE) {
		return;
	}

	if (READ(how, sk, sk_protocol) != IPPROTO_TCP) {
		return;
	}

	if (new_state == TCP_SYN_SENT) {
		if (begins_at_state(sk, how)) {
			begin(sk, way);
		}

		return;
	}

	entry = bpf_map_lookup_elem(&start, &key);
	if (!entry) {
		return;
	}

	if (old_state == TCP_SYN_SENT) {
		report(ctx, sk, new_state, entry, how);
	}

	/* Last: a deleted entry may at once be another socket's. */
	bpf_map_delete_elem(&start, &key);
}

SEC("fentry/tcp_v4_connect")
int BPF_PROG(fentry_tcp_v4_connect, struct sock *sk)
{
	entered_v4_connect(sk, WAY_FENTRY, TYPED);
	return 0;
}

SEC("fentry/tcp_v6_connect")
int BPF_PROG(fentry_tcp_v6_connect, struct sock *sk)
{
	begin(sk, WAY_FENTRY);
	return 0;
}

SEC("fentry/tcp_rcv_state_process")
int BPF_PROG(fentry_tcp_rcv_state_process, struct sock *sk)
{
	segment_arrived(sk, WAY_FENTRY, TYPED);
	return 0;
}

SEC("kprobe/tcp_v4_connect")
int BPF_KPROBE(kprobe_tcp_v4_connect, struct sock *sk)
{
	entered_v4_connect(sk, WAY_KPROBE, PROBED);
	return 0;
}

SEC("kprobe/tcp_v6_connect")
int BPF_KPROBE(kprobe_tcp_v6_connect, struct sock *sk)
{
	begin(sk, WAY_KPROBE);
	return 0;
}

SEC("kprobe/tcp_rcv_state_process")
int BPF_KPROBE(kprobe_tcp_rcv_state_process, struct sock *sk)
{
	segment_arrived(sk, WAY_KPROBE, PROBED);
	return 0;
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(tp_btf_inet_sock_set_state, struct sock *sk, int old_state, int new_state)
{
	state_changes(ctx, sk, old_state, new_state, WAY_TP_BTF, TYPED);
	return 0;
}

SEC("tp_btf/tcp_receive_reset")
int BPF_PROG(tp_btf_tcp_receive_reset, struct sock *sk)
{
	reset_arrived(sk);
	return 0;
}

SEC("tp_btf/tcp_destroy_sock")
int BPF_PROG(tp_btf_tcp_destroy_sock, struct sock *sk)
{
	forget((__u64)sk);
	return 0;
}

SEC("raw_tp/inet_sock_set_state")
int BPF_PROG(raw_tp_inet_sock_set_state, struct sock *sk, int old_state, int new_state)
{
	state_changes(ctx, sk, old_state, new_state, WAY_RAW_TP, PROBED);
	return 0;
}

SEC("raw_tp/tcp_receive_reset")
int BPF_PROG(raw_tp_tcp_receive_reset, struct sock *sk)
{
	reset_arrived(sk);
	return 0;
}

SEC("raw_tp/tcp_destroy_sock")
int BPF_PROG(raw_tp_tcp_destroy_sock, struct sock *sk)
{
	forget((__u64)sk);
	return 0;
}
