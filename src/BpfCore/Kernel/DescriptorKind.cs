using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>What a descriptor stands for, as its link in <c>/proc/self/fd</c> says.</summary>
internal static class DescriptorKind
{
    /// <summary>A map.</summary>
    public const string Map = "anon_inode:bpf-map";

    /// <summary>A program.</summary>
    public const string Program = "anon_inode:bpf-prog";

    /// <summary>The text of the link; empty when <c>/proc</c> is not there to say.</summary>
    public static string Of(SafeFdHandle handle)
    {
        using FdLease lease = handle.Lease();
        return KernelFiles.Host.TryReadLink($"proc/self/fd/{lease.Value}") ?? string.Empty;
    }
}
