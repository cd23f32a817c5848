using BpfCore.Syscalls;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>A socket to the kernel's tables of interfaces and traffic control: asks, and reads the answer.</summary>
/// <remarks>
/// It belongs to the network namespace of the thread that opened it, from whichever thread it is used. One thread at a
/// time.
/// </remarks>
internal sealed class NetlinkChannel(SystemCalls calls) : IDisposable
{
    // A dump comes in parts of at most the size that is asked for, a single answer is far smaller.
    private const int BufferSize = 32 * 1024;

    private readonly SafeFdHandle _socket = calls.Netlink.Open();
    private uint _sequence;

    /// <summary>What is done with a message of an answer.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="payload">The message behind its header, valid until the handler returns.</param>
    public delegate void MessageHandler(ushort type, ReadOnlySpan<byte> payload);

    /// <summary>Sends a request and reads until the kernel ends its answer.</summary>
    /// <param name="request">The request; it has to ask for an acknowledgement or a dump.</param>
    /// <param name="handler">Gets each message of the answer, in its order.</param>
    public NetlinkVerdict Ask(NetlinkRequest request, MessageHandler? handler = null)
    {
        byte[] buffer = new byte[BufferSize];
        Errno error = calls.Netlink.Send(_socket, request.Finish(++_sequence), request.Name);
        while (error == Errno.None)
        {
            error = calls.Netlink.Receive(_socket, buffer, out int count);
            if (error == Errno.None && TakeMessages(buffer.AsSpan(0, count), handler) is NetlinkVerdict verdict)
            {
                return verdict;
            }
        }

        return new NetlinkVerdict(error, null);
    }

    public void Dispose() => _socket.Dispose();

    // Null while the answer has not ended. Nothing comes in no time: the kernel gave up on the socket.
    private NetlinkVerdict? TakeMessages(ReadOnlySpan<byte> bytes, MessageHandler? handler)
    {
        if (bytes.IsEmpty)
        {
            return new NetlinkVerdict(Errno.EIO, "the kernel ended its answer early");
        }

        NetlinkReader reader = new(bytes);
        while (reader.MoveNext())
        {
            if (reader.Sequence != _sequence)
            {
                continue; // the rest of an answer that was given up
            }

            if (reader.Type is NLMSG_ERROR or NLMSG_DONE)
            {
                return reader.Verdict();
            }

            handler?.Invoke(reader.Type, reader.Payload);
        }

        return null;
    }
}
