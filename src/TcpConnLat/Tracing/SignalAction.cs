using System.Diagnostics;
using System.Runtime.InteropServices;
using Tmds.Linux;

namespace TcpConnLat.Tracing;

/// <summary>What the process was started with for a signal.</summary>
internal static class SignalAction
{
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

        // SAFETY: the kernel copies its struct sigaction, four words at most in whatever order. It is all zero: no
        // handler (SIG_DFL), no flags, nothing blocked. The last argument is the size of a set of signals.
        ulong* action = stackalloc ulong[4] { 0, 0, 0, 0 };
        long result = SystemCall.Invoke(SystemCall.SignalAction, number, action, null, sizeof(ulong));
        Debug.Assert(result == 0, "both signals have actions that can be set");
    }
}
