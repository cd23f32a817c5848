namespace Bench.Subjects;

/// <summary>What the tables call the C peers.</summary>
internal static class PeerNames
{
    /// <summary>On libbpf as Debian 12 packages it.</summary>
    public const string Debian = "C, libbpf 1.1 of Debian 12";

    /// <summary>On the newest libbpf that Debian has, pinned.</summary>
    public const string Newest = "C, libbpf 1.7";

    /// <summary>Without libbpf, which has no part in what is measured.</summary>
    public const string Plain = "C";
}
