namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>tracing</c> of <c>link_create</c>.</summary>
internal struct link_create_tracing
{
    public uint target_btf_id;
    public ulong cookie;
}
