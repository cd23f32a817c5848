using BpfCore.Kernel;
using BpfCore.Syscalls;

namespace BpfCore.KernelTests.Leaks;

/// <summary>The events that this process made through tracefs; other test programs make some as well.</summary>
internal static class OwnTracefsEvents
{
    /// <summary>Their names.</summary>
    public static string[] List(Tracefs tracefs)
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
