using BpfCore.Kernel;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>
/// Lets the kernel time every run of every program on the machine, until it is disposed (<c>BPF_ENABLE_STATS</c>).
/// </summary>
/// <remarks>The numbers are in <see cref="ProgramInfo"/>. Timing costs tens of nanoseconds a run.</remarks>
public sealed class RunStatistics : IDisposable
{
    private readonly SafeFdHandle _handle;

    private RunStatistics(SafeFdHandle handle)
    {
        _handle = handle;
    }

    /// <summary>Switches the timing on. Needs CAP_SYS_ADMIN and Linux 5.8.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static RunStatistics Enable()
    {
        SystemCalls calls = new(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For);
        return calls.Bpf.TryEnableStatistics(out SafeFdHandle? handle, out Errno error)
            ? new RunStatistics(handle)
            : throw calls.Failure(BpfCommand.EnableStatistics.Call(), "run statistics", error);
    }

    /// <summary>Switches the timing off, unless somebody else wants it.</summary>
    public void Dispose() => _handle.Dispose();
}
