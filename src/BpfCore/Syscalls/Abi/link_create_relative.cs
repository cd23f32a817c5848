namespace BpfCore.Syscalls.Abi;

/// <summary>Members <c>tcx</c>, <c>netkit</c> and <c>cgroup</c> of <c>link_create</c>.</summary>
internal struct link_create_relative
{
    public uint relative_fd;
    public ulong expected_revision;
}
