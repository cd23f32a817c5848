using BpfCore.Kernel;
using BpfCore.Syscalls;

namespace BpfCore.KernelTests.Leaks;

/// <summary>What this process holds of the kernel, as text that can be compared.</summary>
internal static class ProcessResources
{
    /// <summary>
    /// What the descriptors refer to that this library can hold, sorted: BPF objects, perf events, epoll, files of the
    /// kernel. The sockets and pipes of the test platform come and go.
    /// </summary>
    public static string[] Descriptors()
    {
        List<string> targets = [];
        foreach (FileInfo link in new DirectoryInfo("/proc/self/fd").EnumerateFiles())
        {
            if (link.LinkTarget is string target
                && (target.StartsWith("anon_inode:", StringComparison.Ordinal)
                    || target.StartsWith("/sys/", StringComparison.Ordinal)))
            {
                targets.Add(target);
            }
        }

        return [.. targets.Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Mappings of BPF maps, perf rings and kernel types; the memory of the runtime itself comes and goes.
    /// </summary>
    public static string[] Mappings() =>
    [
        .. File.ReadLines("/proc/self/maps")
            .Where(line => line.Contains("anon_inode:", StringComparison.Ordinal)
                || line.Contains("/sys/kernel/btf", StringComparison.Ordinal)),
    ];

    /// <summary>
    /// Names of the events that this process made through tracefs; other test programs make some as well.
    /// </summary>
    public static string[] TracefsEvents(Tracefs tracefs)
    {
        SystemCalls calls = new(LinuxSyscallGate.Instance, observer: null);
        List<TracefsEventName> names =
        [
            .. new TracefsEvents(calls, KernelFiles.Host, tracefs, TracefsEventKind.Uprobe).List(),
            .. new TracefsEvents(calls, KernelFiles.Host, tracefs, TracefsEventKind.Kprobe).List(),
        ];
        return
        [
            .. names
                .Where(static name => name.TryGetOwner(out ProcessIdentity owner) && owner.Id == Environment.ProcessId)
                .Select(static name => name.ToString()),
        ];
    }
}
