using BpfCore.Kernel;

namespace BpfCore.KernelTests.Leaks;

/// <summary>What this process holds of the kernel, as text that can be compared.</summary>
internal static class ProcessResources
{
    /// <summary>What every descriptor refers to, sorted.</summary>
    public static string[] Descriptors()
    {
        List<string> targets = [];
        foreach (FileInfo link in new DirectoryInfo("/proc/self/fd").EnumerateFiles())
        {
            // The descriptor that lists the directory is in the list, but gone by the time it is looked at.
            if (link.LinkTarget is string target && !target.StartsWith("/proc/", StringComparison.Ordinal))
            {
                targets.Add(target);
            }
        }

        return [.. targets.Order(StringComparer.Ordinal)];
    }

    /// <summary>Mappings of BPF maps, perf rings and kernel types; the memory of the runtime itself comes and goes.</summary>
    public static string[] Mappings() =>
    [
        .. File.ReadLines("/proc/self/maps")
            .Where(line => line.Contains("anon_inode:", StringComparison.Ordinal)
                || line.Contains("/sys/kernel/btf", StringComparison.Ordinal)),
    ];

    /// <summary>Events made through tracefs, by whomever.</summary>
    public static string[] TracefsEvents(Tracefs tracefs) =>
    [
        .. (tracefs.TryReadControl(TracefsEventKind.Uprobe) ?? string.Empty).Split('\n'),
        .. (tracefs.TryReadControl(TracefsEventKind.Kprobe) ?? string.Empty).Split('\n'),
    ];
}
