using System.Net;

namespace ConnectLoad;

/// <summary>Begins many connects and leaves them in flight, where a silent peer keeps them.</summary>
internal static class HoldMode
{
    /// <summary>Says <c>holding pid=N connects=N</c>, then closes them all when standard input ends.</summary>
    /// <exception cref="SocketCallException">No more sockets: the limit of open files is reached.</exception>
    public static void Run(IPEndPoint remote, int count, TextReader lifeline, TextWriter results)
    {
        byte[] address = SocketAddressBytes.Write(remote);
        List<KernelSocket> sockets = [];
        try
        {
            for (int i = 0; i < count; i++)
            {
                KernelSocket socket = KernelSocket.Open(remote.AddressFamily, SocketWait.Never);
                sockets.Add(socket);
                socket.Connect(address);
            }

            results.WriteLine($"holding pid={Environment.ProcessId} connects={count}");
            while (lifeline.ReadLine() is not null)
            {
            }
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }
}
