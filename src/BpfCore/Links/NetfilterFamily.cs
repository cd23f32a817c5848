namespace BpfCore.Links;

/// <summary>Protocols of netfilter that programs can be attached for (<c>NFPROTO_*</c>).</summary>
public enum NetfilterFamily
{
    /// <summary>IPv4.</summary>
    IPv4 = 2,

    /// <summary>IPv6.</summary>
    IPv6 = 10,
}
