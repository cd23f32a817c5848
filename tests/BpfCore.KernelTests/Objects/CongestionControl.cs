using System.Net;
using System.Net.Sockets;
using System.Text;

namespace BpfCore.KernelTests.Objects;

/// <summary>Sockets that are told which TCP congestion control to use.</summary>
internal static class CongestionControl
{
    private const int Tcp = 6; // SOL_TCP
    private const int Name = 13; // TCP_CONGESTION, include/uapi/linux/tcp.h

    /// <summary>Sends bytes over the loopback interface.</summary>
    /// <returns>False when the kernel knows no congestion control of the name.</returns>
    public static bool TryTransfer(string name)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using Socket client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            client.SetRawSocketOption(Tcp, Name, Encoding.ASCII.GetBytes(name));
        }
        catch (SocketException)
        {
            return false;
        }

        client.Connect(listener.LocalEndPoint!);
        using Socket server = listener.Accept();
        Exchange(client, server);
        return true;
    }

    private static void Exchange(Socket client, Socket server)
    {
        byte[] buffer = new byte[4096];
        for (int round = 0; round < 10; round++)
        {
            client.Send(buffer);
            for (int received = 0; received < buffer.Length;)
            {
                received += server.Receive(buffer);
            }

            server.Send(buffer, 1, SocketFlags.None);
            client.Receive(buffer, 1, SocketFlags.None);
        }
    }
}
