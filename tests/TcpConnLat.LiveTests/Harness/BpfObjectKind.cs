namespace TcpConnLat.LiveTests.Harness;

/// <summary>Objects with an ID; the values are the commands of <c>bpf(2)</c> that open them by it.</summary>
internal enum BpfObjectKind
{
    /// <summary>BPF_PROG_GET_FD_BY_ID.</summary>
    Program = 13,

    /// <summary>BPF_MAP_GET_FD_BY_ID.</summary>
    Map = 14,

    /// <summary>BPF_LINK_GET_FD_BY_ID.</summary>
    Link = 30,
}
