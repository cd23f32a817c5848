namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>map</c> of <c>union bpf_iter_link_info</c>.</summary>
internal struct iter_link_map
{
    public uint map_fd;
}
