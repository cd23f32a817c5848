using System.Diagnostics;
using System.Runtime.InteropServices;
using Tmds.Linux;

namespace TcpConnLat.Tracing;

/// <summary>What the process was started with for a signal.</summary>
internal static class SignalAction
{
    // __NR_rt_sigaction. Not libc's sigaction(): the way to syscall() is needed in any case, and each further function
    // of libc costs the start under the JIT.
    private static readonly int s_callNumber = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 13 : 134;

    /// <summary>
    /// Takes back that a signal is ignored. A shell that runs a script starts background jobs so for SIGINT, and the
    /// runtime leaves ignored signals alone, whatever handlers are registered.
    /// </summary>
    /// <param name="signal">SIGINT or SIGTERM.</param>
    public static unsafe void ResetToDefault(PosixSignal signal)
    {
        int number = signal switch
        {
            PosixSignal.SIGINT => LibC.SIGINT,
            PosixSignal.SIGTERM => LibC.SIGTERM,
            _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a signal that stops the tool"),
        };

        // SAFETY: the kernel copies struct sigaction, four words at most in whatever order. It is all zero: no handler
        // (SIG_DFL), no flags, nothing blocked. As many arguments as system calls can have, so that the runtime finds
        // the function that BpfCore calls too.
        ulong* action = stackalloc ulong[4] { 0, 0, 0, 0 };
        ssize_t result = LibC.syscall(s_callNumber, number, action, null, sizeof(ulong), 0, 0);
        Debug.Assert(result == 0, "both signals have actions that can be set");
    }
}
