// Uses of a kernel's types that depend on how a vmlinux.h declares them: compiled once with bpfdump's header and once
// with bpftool's.
#include "vmlinux.h"

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "GPL";

unsigned long long results[32];

SEC("raw_tp/sched_switch")
int fields(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *task = (void *)ctx->args[1];
	struct sk_buff *skb = (void *)ctx->args[2];
	struct sock *sk = (void *)ctx->args[3];

	results[0] = BPF_CORE_READ(task, group_leader, tgid);
	results[1] = BPF_CORE_READ(task, mm, exe_file, f_inode, i_ino);
	results[2] = BPF_CORE_READ(sk, __sk_common.skc_v6_daddr.in6_u.u6_addr32[2]);
	results[3] = BPF_CORE_READ_BITFIELD_PROBED(sk, sk_userlocks);
	results[4] = BPF_CORE_READ_BITFIELD_PROBED(task, sched_reset_on_fork);
	results[5] = BPF_CORE_READ_BITFIELD_PROBED(skb, ip_summed);
	results[6] = BPF_CORE_READ(task, comm[3]);
	results[7] = BPF_CORE_READ(skb, dev, name[1]);
	return 0;
}

SEC("raw_tp/sched_wakeup")
int questions(struct bpf_raw_tracepoint_args *ctx)
{
	struct task_struct *task = (void *)ctx->args[0];

	results[8] = bpf_core_field_exists(task->pid);
	results[9] = bpf_core_field_size(task->comm);
	results[10] = bpf_core_field_offset(struct sock, sk_protocol);
	results[11] = bpf_core_type_exists(struct bpf_map);
	results[12] = bpf_core_type_size(struct tcp_sock);
	results[13] = bpf_core_type_size(struct task_struct);
	results[14] = bpf_core_enum_value_exists(enum bpf_map_type, BPF_MAP_TYPE_HASH);
	results[15] = bpf_core_enum_value(enum bpf_map_type, BPF_MAP_TYPE_ARRAY);
	results[16] = bpf_core_type_id_kernel(struct net_device);
	results[17] = bpf_core_type_exists(pid_t);
	results[18] = bpf_core_type_matches(struct list_head);
	results[19] = bpf_core_type_matches(struct task_struct);
	results[20] = bpf_core_type_matches(union nf_inet_addr);
	results[21] = bpf_core_type_size(struct net_device);
	return 0;
}

SEC("kprobe/tcp_v4_connect")
int BPF_KPROBE(registers, struct sock *sk)
{
	results[22] = PT_REGS_IP(ctx);
	return 0;
}
