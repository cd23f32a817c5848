using System.Runtime.InteropServices;
using BpfCore.Kernel;
using Tmds.Linux;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>Sockets between virtual machines (vsock), which distributions have in modules.</summary>
internal static unsafe class VirtualSocket
{
    private const int Family = 40; // AF_VSOCK
    private const uint Local = 1; // VMADDR_CID_LOCAL
    private const uint Port = 4711; // nobody listens there

    /// <summary>Whether the kernel can connect them at all.</summary>
    public static bool Exists => KernelSymbols.Host.Has("vsock_connect");

    /// <summary>Whether the kernel can connect them to itself, and so makes packets.</summary>
    public static bool HasLoopback => KernelSymbols.Host.Has("vsock_loopback_send_pkt");

    /// <summary>Whether its types are known: in those of its module, or in those of the kernel.</summary>
    public static bool HasTypes =>
        KernelBtf.ModuleNames().Contains("vsock") || LiveFeature.HasFunction("vsock_connect");

    /// <summary>
    /// Connects in vain, so many times: each is a call of <c>vsock_connect</c> and, where that stays on this machine, a
    /// packet.
    /// </summary>
    public static void Connect(int times)
    {
        const int NonBlocking = 0x800; // SOCK_NONBLOCK: nobody will answer
        int length = HasLoopback ? sizeof(Address) : 2; // too short to be an address
        for (int i = 0; i < times; i++)
        {
            int socket = LibC.socket(Family, LibC.SOCK_STREAM | LibC.SOCK_CLOEXEC | NonBlocking, 0);
            Assert.True(socket >= 0, $"socket(AF_VSOCK): errno {LibC.errno}");
            Address address = new() { Family = Family, Port = Port, Machine = Local };
            Assert.Equal(-1, LibC.connect(socket, (sockaddr*)&address, length));
            Assert.Equal(0, LibC.close(socket));
        }
    }

    // struct sockaddr_vm
    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private struct Address
    {
        public ushort Family;
        public ushort Reserved;
        public uint Port;
        public uint Machine;
    }
}
