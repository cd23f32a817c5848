using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>A row appears while it is news.</summary>
public sealed class DelayTests(TestNetwork network) : LiveTest(network)
{
    private const int ClosedPort = 9;
    private const int Connects = 20;
    private const int Attempts = 3;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_betweenConnects = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData("auto")]
    [InlineData("off")]
    [InlineData("64")]
    [InlineData("1000")]
    public void TenConnectsASecond_EachRowIsThereWithin50Milliseconds(string batch)
    {
        ConnectToNobody(); // the first one takes this runtime longer than the others
        using var tool = TcpConnLatProcess.Start("--batch", batch, "-p", $"{Environment.ProcessId}");

        TimeSpan[] delays = [.. Enumerable.Range(0, Connects).Select(_ => DelayOfARow(tool))];

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"median {delays.Order().ElementAt(Connects / 2).TotalMilliseconds:F1} ms, "
            + $"longest {delays.Max().TotalMilliseconds:F1} ms");
        Assert.InRange(delays.Max(), TimeSpan.Zero, s_limit);
    }

    // From before the connect: its own time is in it, so that the row was there even earlier. A machine that is busy
    // makes a row later, never earlier: once more.
    private static TimeSpan DelayOfARow(TcpConnLatProcess tool)
    {
        TimeSpan delay = TimeSpan.MaxValue;
        for (int attempt = 0; attempt < Attempts && delay > s_limit; attempt++)
        {
            int rows = tool.Rows.Count();
            Thread.Sleep(s_betweenConnects);
            var clock = Stopwatch.StartNew();
            ConnectToNobody();
            Assert.True(tool.WaitForRows(rows + 1));
            delay = clock.Elapsed;
        }

        return delay;
    }

    private static void ConnectToNobody()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        Assert.Throws<SocketException>(() => socket.Connect(IPAddress.Loopback, ClosedPort));
    }
}
