// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#include "vmlinux.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

char LICENSE[] SEC("license") = "Dual BSD/GPL";

struct command {
	char name[16];
};

struct event {
	__u64 timestamp_ns;
	__u32 pid;
	__u32 parent_pid;
	struct command command;
	char file[128];
};

/* Nothing else would put struct event into the object: this is how C# learns of it. */
const struct event *event_layout;

const volatile __u32 only_parent_pid = 0; /* 0: programs of every parent */

__u64 lost;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1024);
	__type(key, struct command);
	__type(value, __u64);
} starts SEC(".maps");

static void count(const struct command *command)
{
	__u64 first = 1, *seen = bpf_map_lookup_elem(&starts, command);

	if (seen)
		__sync_fetch_and_add(seen, 1);
	else
		bpf_map_update_elem(&starts, command, &first, BPF_ANY);
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, pid_t old_pid, struct linux_binprm *binprm)
{
	__u32 parent_pid = task->real_parent->tgid;
	struct event *event;

	if (only_parent_pid && only_parent_pid != parent_pid)
		return 0;

	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		__sync_fetch_and_add(&lost, 1);
		return 0;
	}

	event->timestamp_ns = bpf_ktime_get_ns();
	event->pid = task->tgid;
	event->parent_pid = parent_pid;
	bpf_get_current_comm(&event->command, sizeof(event->command));
	bpf_probe_read_kernel_str(event->file, sizeof(event->file), binprm->filename);
	count(&event->command);
	bpf_ringbuf_submit(event, 0);
	return 0;
}
