using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using BpfCore.Kernel;
using Tmds.Linux;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>
/// A network namespace of one thread, with nothing in it but a loopback that is up; gone with the thread.
/// </summary>
internal static class PrivateNetwork
{
    /// <summary>Index of the loopback interface, the first of every namespace.</summary>
    public const int Loopback = 1;

    private const int NewNetwork = 0x4000_0000; // CLONE_NEWNET

    private static int Unshare => RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 272 : 97;

    /// <summary>Runs a test in a namespace of its own.</summary>
    public static void Run(Action test)
    {
        LiveKernel.Require(Capability.SysAdmin);
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                Assert.True((long)LibC.syscall(Unshare, NewNetwork) == 0, $"unshare: errno {LibC.errno}");
                Ip("link set lo up");
                test();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    /// <summary>Runs <c>ip</c> in the namespace of this thread.</summary>
    public static void Ip(string arguments)
    {
        using Process ip = Process.Start("ip", arguments);
        ip.WaitForExit();
        Assert.True(ip.ExitCode == 0, $"ip {arguments}: exit code {ip.ExitCode}");
    }

    /// <summary>
    /// Makes a pair of veth devices, both up: <c>left</c> with an index and an address, <c>right</c> with the next
    /// index, to which it sends what is meant for a neighbour.
    /// </summary>
    public static void AddVeth(int index, string address, string neighbour)
    {
        Ip($"link add name left index {index} type veth peer name right index {index + 1}");
        Ip($"address add {address} dev left");
        Ip("link set left up");
        Ip("link set right up");
        Ip($"neighbour add {neighbour} lladdr 02:00:00:00:00:01 dev left nud permanent");
    }

    /// <summary>Runs <c>tc</c> in the namespace of this thread. False where the kernel lacks it.</summary>
    public static bool TryTc(string arguments)
    {
        using Process tc = Process.Start(new ProcessStartInfo("/sbin/tc", arguments) { RedirectStandardError = true })!;
        tc.WaitForExit();
        return tc.ExitCode == 0;
    }

    /// <summary>Sends datagrams to an address of this namespace, all of which arrive.</summary>
    public static void SendDatagrams(int count)
    {
        using Socket receiver = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        receiver.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        byte[] data = new byte[8];
        for (int i = 0; i < count; i++)
        {
            sender.SendTo(data, receiver.LocalEndPoint!);
            receiver.Receive(data);
        }
    }

    /// <summary>Sends datagrams to an address that nobody answers for.</summary>
    public static void SendInto(string address, int count)
    {
        using Socket sender = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        for (int i = 0; i < count; i++)
        {
            sender.SendTo(new byte[8], new IPEndPoint(IPAddress.Parse(address), 9));
        }
    }

    /// <summary>
    /// Makes a pair of netkit devices, the primary of which is called <c>nk</c> and its index. False where the kernel
    /// has none; <c>ip</c> of Debian 12 does not know them, so the message of rtnetlink(7) is written here.
    /// </summary>
    public static unsafe bool TryAddNetkit(int index)
    {
        byte[] message = NetlinkMessage.NewLink(index, $"nk{index}", "netkit");
        byte[] reply = new byte[4096];
        int netlink = LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW, 0);
        Assert.True(netlink >= 0, $"socket: errno {LibC.errno}");
        fixed (byte* sent = message, received = reply)
        {
            Assert.Equal(message.Length, (long)LibC.write(netlink, sent, message.Length));
            Assert.True(LibC.read(netlink, received, reply.Length) > 0, $"read: errno {LibC.errno}");
        }

        Assert.Equal(0, LibC.close(netlink));
        return BitConverter.ToInt32(reply, NetlinkMessage.HeaderSize) == 0;
    }
}
