namespace BpfCore.Syscalls.Abi;

/// <summary>Member <c>netfilter</c> of <c>link_create</c>.</summary>
internal struct link_create_netfilter
{
    public uint pf;
    public uint hooknum;
    public int priority;
    public uint flags;
}
