using System.Net;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>A client's and a server's namespace, joined by a veth pair.</summary>
internal sealed class Wire : IDisposable
{
    private const string ClientDevice = "client0";
    private const string ServerDevice = "server0";
    private const string ClientHardware = "02:00:00:00:00:01";
    private const string ServerHardware = "02:00:00:00:00:02";
    private const string SynRetries = "net/ipv4/tcp_syn_retries";

    // A connect that nobody answers ends after 3 seconds (1 + 2) instead of two minutes, Linux's default.
    private const string FewRetries = "1";
    private const string ManyRetries = "6";

    /// <summary>Makes both namespaces; connects through them find neighbours and routes at once.</summary>
    public Wire()
    {
        NetworkNamespace.RemoveLeftovers();
        Client = NetworkNamespace.Create("client");
        Server = NetworkNamespace.Create("server");
        SetUpDevices();
        SetUpNeighbours();

        Client.SetKernelParameter(SynRetries, FewRetries);
    }

    public static IPAddress ClientIPv4 { get; } = IPAddress.Parse("10.91.0.1");

    public static IPAddress ServerIPv4 { get; } = IPAddress.Parse("10.91.0.2");

    public static IPAddress ClientIPv6 { get; } = IPAddress.Parse("fd00:91::1");

    public static IPAddress ServerIPv6 { get; } = IPAddress.Parse("fd00:91::2");

    public NetworkNamespace Client { get; }

    public NetworkNamespace Server { get; }

    /// <summary>Lets connects wait for two minutes, until the result is disposed.</summary>
    public IDisposable WaitLongForAnswers()
    {
        Client.SetKernelParameter(SynRetries, ManyRetries);
        return new Undo(() => Client.SetKernelParameter(SynRetries, FewRetries));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private void SetUpDevices()
    {
        // Without this the addresses are tentative for a second, and the first IPv6 connect would wait for them.
        Client.SetKernelParameter("net/ipv6/conf/default/accept_dad", "0");
        Server.SetKernelParameter("net/ipv6/conf/default/accept_dad", "0");
        ChildProcess.Run(
            "ip", "link", "add", ClientDevice, "address", ClientHardware, "netns", Client.Name,
            "type", "veth", "peer", "name", ServerDevice, "address", ServerHardware, "netns", Server.Name);
        Client.Ip("addr", "add", $"{ClientIPv4}/24", "dev", ClientDevice);
        Client.Ip("addr", "add", $"{ClientIPv6}/64", "dev", ClientDevice, "nodad");
        Server.Ip("addr", "add", $"{ServerIPv4}/24", "dev", ServerDevice);
        Server.Ip("addr", "add", $"{ServerIPv6}/64", "dev", ServerDevice, "nodad");
        Client.Ip("link", "set", ClientDevice, "up");
        Server.Ip("link", "set", ServerDevice, "up");
    }

    private void SetUpNeighbours()
    {
        AddNeighbour(Client, ServerIPv4, ServerHardware, ClientDevice);
        AddNeighbour(Client, ServerIPv6, ServerHardware, ClientDevice);
        AddNeighbour(Server, ClientIPv4, ClientHardware, ServerDevice);
        AddNeighbour(Server, ClientIPv6, ClientHardware, ServerDevice);
    }

    private static void AddNeighbour(NetworkNamespace home, IPAddress address, string hardware, string device) =>
        home.Ip("neigh", "replace", address.ToString(), "lladdr", hardware, "nud", "permanent", "dev", device);
}
