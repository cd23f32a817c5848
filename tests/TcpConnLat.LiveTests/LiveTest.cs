using System.Net;
using System.Net.Sockets;
using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>A test of the built tool against this kernel.</summary>
public abstract class LiveTest
{
    /// <summary>How far a printed latency may be above the exact one: half of the last printed digit.</summary>
    private const decimal PrintingError = 0.005m;

    private static readonly string[]? s_wanted =
        Environment.GetEnvironmentVariable("TCPCONNLAT_WAYS")?.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Skips the test, or fails it in CI, where live tests cannot run.</summary>
    protected LiveTest(TestNetwork network)
    {
        Requirements.Check();
        Network = network;
    }

    /// <summary>The namespaces of this run.</summary>
    protected TestNetwork Network { get; }

    /// <summary>
    /// The ways to attach that work on this kernel, and the choice among them; only some of them where the environment
    /// names those that are worth the time.
    /// </summary>
    public static TheoryData<string> WorkingWays =>
        [.. Doctor.WorkingWays.Prepend("auto").Where(way => s_wanted is null || s_wanted.Contains(way))];

    /// <summary>Checks every column of a row but the time.</summary>
    internal static void AssertIsRowOf(Row row, ClientConnect connect, Route route)
    {
        Assert.Equal(connect.ProcessId, row.ProcessId);
        Assert.Equal(connect.Comm[..Math.Min(12, connect.Comm.Length)], row.Comm);
        Assert.Equal(route.Remote.AddressFamily == AddressFamily.InterNetwork ? 4 : 6, row.IpVersion);
        Assert.Equal(route.Local, row.Source);
        Assert.Equal(route.Remote, row.Destination);
        Assert.Equal(connect.Remote.Port, row.DestinationPort);
        if (row.LocalPort is { } port)
        {
            Assert.Equal(connect.Local.Port, port);
        }

        Assert.InRange(row.Milliseconds, 0, connect.Milliseconds + PrintingError);
    }

    /// <summary>An IPv4 address as a dual-mode socket needs it.</summary>
    internal static IPAddress Mapped(IPAddress address) => address.MapToIPv6();
}
