namespace BpfCore.Programs;

/// <summary>
/// The sections whose programs were there before kernels asked where a program is to be attached (4.17), so that they
/// load without (<c>SEC_EXP_ATTACH_OPT</c> of libbpf).
/// </summary>
internal static class OptionalAttachTypes
{
    /// <summary>Whether programs of a section may be loaded without their attach type.</summary>
    public static bool Contains(string section) => section
        is "xdp" or "xdp.frags" or "sockops" or "sk_skb/stream_parser" or "sk_skb/stream_verdict" or "sk_skb/verdict"
        or "sk_msg" or "lirc_mode2" or "flow_dissector" or "cgroup_skb/ingress" or "cgroup_skb/egress" or "cgroup/sock"
        or "cgroup/dev";
}
