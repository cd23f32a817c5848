using BpfCore.Diagnostics;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Events in tracefs that earlier processes using this library left behind when they were killed.</summary>
public static class TracefsLeftovers
{
    /// <summary>
    /// Removes the kprobes and uprobes of processes that no longer run. Attaching through tracefs does so by itself;
    /// a program that may attach in other ways calls it at its start.
    /// </summary>
    /// <param name="observer">Who watches the calls, or null.</param>
    /// <returns>Number of events removed; 0 as well when tracefs is not mounted or may not be written.</returns>
    public static int Remove(BpfObserver? observer = null)
    {
        if (Tracefs.Find() is not Tracefs tracefs)
        {
            return 0;
        }

        SystemCalls calls = new(LinuxSyscallGate.Instance, observer, PermissionAdvice.For);
        return new TracefsEvents(calls, KernelFiles.Host, tracefs, TracefsEventKind.Kprobe).RemoveLeftovers()
            + new TracefsEvents(calls, KernelFiles.Host, tracefs, TracefsEventKind.Uprobe).RemoveLeftovers();
    }
}
