using System.Diagnostics;
using System.Net;

namespace ConnectLoad;

/// <summary>Makes connects and measures nothing but them.</summary>
internal static class Connector
{
    private const int InProgress = 115;
    private const int TimedOut = 110;

    // Longer than any test or measurement waits; the kernel gives up by itself (tcp_syn_retries).
    private const int PatienceMilliseconds = 300_000;

    /// <summary>Makes one connect and closes the socket.</summary>
    /// <exception cref="SocketCallException">A call around the connect failed.</exception>
    public static ConnectResult Run(ConnectRequest request)
    {
        SocketWait wait = request.Kind is ConnectKind.NonBlocking or ConnectKind.Abandon
            ? SocketWait.Never
            : SocketWait.ForPeer;
        using KernelSocket socket = KernelSocket.Open(request.Remote.AddressFamily, wait);
        socket.ResetOnClose();
        IPEndPoint remote = Bind(socket, request);
        byte[] address = SocketAddressBytes.Write(remote);

        long start = Stopwatch.GetTimestamp();
        int errno = socket.Connect(address);
        if (errno == InProgress)
        {
            errno = Finish(socket, request);
        }

        long end = Stopwatch.GetTimestamp();
        return new ConnectResult(
            request.Kind, socket.LocalEndPoint, remote, ToNanoseconds(start), ToNanoseconds(end - start), errno);
    }

    // Binds if the request says so; the remote end of a connect to oneself is known only then.
    private static IPEndPoint Bind(KernelSocket socket, ConnectRequest request)
    {
        IPEndPoint? local = request.Kind == ConnectKind.Self ? request.Remote : request.Local;
        if (local is not null)
        {
            socket.Bind(local);
        }

        return request.Kind == ConnectKind.Self ? socket.LocalEndPoint : request.Remote;
    }

    private static int Finish(KernelSocket socket, ConnectRequest request)
    {
        if (request.Kind == ConnectKind.Abandon)
        {
            Thread.Sleep(request.HoldMilliseconds);
            return InProgress;
        }

        return socket.WaitUntilWritable(PatienceMilliseconds) ? socket.TakeError() : TimedOut;
    }

    private static long ToNanoseconds(long ticks) => (long)((Int128)ticks * 1_000_000_000 / Stopwatch.Frequency);
}
