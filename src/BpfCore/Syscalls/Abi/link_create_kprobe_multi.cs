namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>kprobe_multi</c> of <c>link_create</c>.</summary>
internal struct link_create_kprobe_multi
{
    public uint flags;
    public uint cnt;
    public ulong syms;
    public ulong addrs;
    public ulong cookies;
}
