using System.Net;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>Two namespaces joined by a veth pair, with a server in one of them; made when first used.</summary>
public sealed class TestNetwork : IDisposable
{
    private readonly Lazy<Wire> _wire = new(() => new Wire());

    /// <summary>The pair, made by the first test that needs it.</summary>
    internal Wire Wire => _wire.Value;

    /// <summary>Over the veth pair, IPv4.</summary>
    internal static Route VethIPv4 { get; } = new(Wire.ClientIPv4, Wire.ServerIPv4);

    /// <summary>Over the veth pair, IPv6.</summary>
    internal static Route VethIPv6 { get; } = new(Wire.ClientIPv6, Wire.ServerIPv6);

    /// <summary>Over loopback, IPv4.</summary>
    internal static Route LoopbackIPv4 { get; } = new(IPAddress.Loopback, IPAddress.Loopback);

    /// <summary>Over loopback, IPv6.</summary>
    internal static Route LoopbackIPv6 { get; } = new(IPAddress.IPv6Loopback, IPAddress.IPv6Loopback);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_wire.IsValueCreated)
        {
            _wire.Value.Dispose();
        }
    }
}
