namespace BpfCore.Links;

/// <summary>Hooks of netfilter (<c>enum nf_inet_hooks</c>).</summary>
public enum NetfilterHook
{
    /// <summary>Packets that came in, before they are routed.</summary>
    PreRouting = 0,

    /// <summary>Packets for this machine.</summary>
    LocalIn = 1,

    /// <summary>Packets that are passed on.</summary>
    Forward = 2,

    /// <summary>Packets of this machine.</summary>
    LocalOut = 3,

    /// <summary>Packets that go out, after they were routed.</summary>
    PostRouting = 4,
}
