using System.Net;
using System.Net.Sockets;

namespace ConnectLoad;

/// <summary>Endpoints as the kernel's <c>struct sockaddr_in</c> and <c>sockaddr_in6</c>.</summary>
internal static class SocketAddressBytes
{
    /// <summary>The bytes of the C structure.</summary>
    public static byte[] Write(IPEndPoint endPoint)
    {
        SocketAddress address = endPoint.Serialize();
        return address.Buffer[..address.Size].ToArray();
    }

    /// <summary>Reads the C structure.</summary>
    public static IPEndPoint ReadEndPoint(ReadOnlySpan<byte> bytes)
    {
        bool isIPv6 = bytes.Length > new SocketAddress(AddressFamily.InterNetwork).Size;
        SocketAddress address = new(isIPv6 ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork, bytes.Length);
        bytes.CopyTo(address.Buffer.Span);
        IPEndPoint any = new(isIPv6 ? IPAddress.IPv6Any : IPAddress.Any, 0);
        return (IPEndPoint)any.Create(address);
    }
}
