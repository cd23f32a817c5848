namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>cgroup</c> of <c>union bpf_iter_link_info</c>.</summary>
internal struct iter_link_cgroup
{
    public uint order;
    public uint cgroup_fd;
    public ulong cgroup_id;
}
