using System.Net;

namespace ConnectLoad;

/// <summary>Accepts connections over IPv4 and IPv6 and closes them at once.</summary>
internal static class ListenMode
{
    /// <summary>Says <c>listening port=N</c>, then serves until standard input ends.</summary>
    /// <param name="port">The port; 0 lets the kernel choose.</param>
    /// <param name="backlog">Connections that may wait to be accepted; at most net.core.somaxconn.</param>
    /// <param name="threads">How many threads accept.</param>
    /// <param name="lifeline">The end of this input ends the server, so that it never outlives who started it.</param>
    /// <param name="results">Where to say it.</param>
    public static void Run(int port, int backlog, int threads, TextReader lifeline, TextWriter results)
    {
        using KernelSocket listener =
            KernelSocket.Open(System.Net.Sockets.AddressFamily.InterNetworkV6, SocketWait.ForPeer);
        listener.Bind(new IPEndPoint(IPAddress.IPv6Any, port));
        listener.Listen(backlog);
        for (int i = 0; i < threads; i++)
        {
            new Thread(() => Serve(listener)) { IsBackground = true }.Start();
        }

        results.WriteLine($"listening port={listener.LocalEndPoint.Port}");
        while (lifeline.ReadLine() is not null)
        {
        }
    }

    private static void Serve(KernelSocket listener)
    {
        // A connection that was reset before it could be accepted is no reason to stop.
        while (true)
        {
            listener.AcceptAndClose();
        }
    }
}
