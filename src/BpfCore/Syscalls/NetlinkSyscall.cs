namespace BpfCore.Syscalls;

/// <summary>Sockets of <c>netlink(7)</c>: messages to the kernel and its answers.</summary>
internal sealed unsafe class NetlinkSyscall(SyscallGate gate, SyscallReporter reporter)
{
    private const int Level = 270; // SOL_NETLINK
    private const int CapAcknowledgement = 10; // NETLINK_CAP_ACK
    private const int ExtendedAcknowledgement = 11; // NETLINK_EXT_ACK

    /// <summary>
    /// <c>socket(2)</c> in the network namespace of this thread, in which it stays. Refusals come with the kernel's own
    /// words (4.12) and without the message that they answer.
    /// </summary>
    /// <exception cref="SyscallException">The process has no descriptor left.</exception>
    public SafeFdHandle Open()
    {
        long result = gate.NetlinkSocket();
        if (reporter.IsWatched)
        {
            reporter.Returned("socket(NETLINK_ROUTE)", string.Empty, result);
        }

        reporter.ThrowIfFailed("socket(NETLINK_ROUTE)", "socket to the kernel", result);
        gate.SetSocketOption((int)result, Level, CapAcknowledgement, 1); // refused: the kernel repeats the message
        gate.SetSocketOption((int)result, Level, ExtendedAcknowledgement, 1); // refused: errors without words
        return new SafeFdHandle(gate, (int)result);
    }

    /// <summary>Sends one message.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="message">All of it, with its header.</param>
    /// <param name="what">What it asks for, for the observer.</param>
    public Errno Send(SafeFdHandle socket, ReadOnlySpan<byte> message, string what)
    {
        using FdLease lease = socket.Lease();
        long result;

        // SAFETY: pinned for the duration of the call, which gets the message's length.
        fixed (byte* pointer = message)
        {
            do
            {
                result = gate.Write(lease.Value, pointer, (nuint)message.Length);
            }
            while (result == -(long)Errno.EINTR);
        }

        if (reporter.IsWatched)
        {
            reporter.Returned($"netlink({what})", $"fd={lease.Value} bytes={message.Length}", result);
        }

        return result.ToErrno();
    }

    /// <summary>Receives what the kernel answers: one or more whole messages.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="buffer">Where they go; the kernel cuts off what does not fit.</param>
    /// <param name="count">How many bytes came.</param>
    public Errno Receive(SafeFdHandle socket, Span<byte> buffer, out int count)
    {
        using FdLease lease = socket.Lease();
        long result;

        // SAFETY: pinned for the duration of the call, which gets the buffer's length.
        fixed (byte* pointer = buffer)
        {
            do
            {
                result = gate.Read(lease.Value, pointer, (nuint)buffer.Length);
            }
            while (result == -(long)Errno.EINTR);
        }

        count = (int)Math.Max(result, 0);
        return result.ToErrno();
    }
}
