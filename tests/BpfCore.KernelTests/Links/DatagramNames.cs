using System.Net.Sockets;
using Tmds.Linux;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>Asks for the names of both ends of a socket, which the runtime remembers and does not ask for.</summary>
internal static class DatagramNames
{
    public static unsafe void Ask(Socket socket)
    {
        const int Size = 128; // struct sockaddr_storage
        byte* address = stackalloc byte[Size];
        socklen_t length = Size;
        Assert.Equal(0, LibC.getsockname((int)socket.Handle, (sockaddr*)address, &length));
        length = Size;
        Assert.Equal(0, LibC.getpeername((int)socket.Handle, (sockaddr*)address, &length));
    }
}
