using System.Runtime.InteropServices;

namespace BpfCore.Syscalls;

/// <summary>Owner of a file descriptor: closes it once, through the gate that opened it.</summary>
/// <remarks>
/// Borrow the number with <see cref="Lease"/>, which keeps the descriptor open for the duration of a call.
/// </remarks>
internal sealed class SafeFdHandle : SafeHandle
{
    private readonly SyscallGate _gate;

    public SafeFdHandle(SyscallGate gate, int fileDescriptor)
        : base(-1, ownsHandle: true)
    {
        _gate = gate;
        SetHandle(fileDescriptor);
    }

    public override bool IsInvalid => handle < 0;

    /// <summary>Borrows the descriptor; it stays open until the lease is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The descriptor was closed.</exception>
    public FdLease Lease() => new(this);

    // Linux closes the descriptor even when close(2) reports EINTR or EIO, so there is nothing to retry.
    protected override bool ReleaseHandle() => _gate.Close((int)handle) == 0;
}
