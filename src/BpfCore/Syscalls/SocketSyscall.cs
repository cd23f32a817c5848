using System.Runtime.InteropServices;

namespace BpfCore.Syscalls;

/// <summary><c>setsockopt(2)</c>: programs of a socket.</summary>
internal sealed class SocketSyscall(SyscallGate gate, SyscallReporter reporter)
{
    private const int SocketLevel = 1; // SOL_SOCKET, include/uapi/asm-generic/socket.h

    /// <summary>Sets an option of the socket itself that is a number.</summary>
    public Errno SetOption(SafeHandle socket, int option, int value)
    {
        using FdLease lease = new(socket);
        long result = gate.SetSocketOption(lease.Value, SocketLevel, option, value);
        if (reporter.IsWatched)
        {
            reporter.Returned("setsockopt(SOL_SOCKET)", $"fd={lease.Value} option={option} value={value}", result);
        }

        return result.ToErrno();
    }
}
