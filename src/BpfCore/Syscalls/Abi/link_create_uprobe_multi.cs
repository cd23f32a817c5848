namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>uprobe_multi</c> of <c>link_create</c>.</summary>
internal struct link_create_uprobe_multi
{
    public ulong path;
    public ulong offsets;
    public ulong ref_ctr_offsets;
    public ulong cookies;
    public uint cnt;
    public uint flags;
    public uint pid;
}
