namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>task</c> of <c>union bpf_iter_link_info</c>.</summary>
internal struct iter_link_task
{
    public uint tid;
    public uint pid;
    public uint pid_fd;
}
