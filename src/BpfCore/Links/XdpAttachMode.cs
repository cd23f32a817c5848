namespace BpfCore.Links;

/// <summary>How an XDP program is attached.</summary>
public enum XdpAttachMode
{
    /// <summary>By a link of the kernel, or through netlink where the kernel makes no such links.</summary>
    Auto,

    /// <summary>By a link of the kernel (5.9) only.</summary>
    Link,

    /// <summary>Through netlink only: without a link, as tools do that leave a program behind.</summary>
    Netlink,
}
