using System.Text.RegularExpressions;
using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>What the tool says about itself is what it does.</summary>
public sealed partial class DoctorTests(TestNetwork network) : LiveTest(network)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Doctor_NamesTheWayThatAutoThenTakes()
    {
        using var doctor = ChildProcess.Start(TcpConnLatProcess.Command("doctor"));
        Assert.Equal(0, doctor.WaitForExit(s_patience).Code);
        Assert.Empty(doctor.Errors.Lines);
        string named = WayNamed().Match(doctor.Output.Text).Groups[1].Value;
        Assert.NotEmpty(named);

        using var tool = TcpConnLatProcess.Start("-v");
        Assert.Equal(0, tool.Stop().Code);

        Assert.Contains(tool.ErrorLines, line => line.Contains($"IPv4 by {named}", StringComparison.Ordinal));
    }

    [Fact]
    public void Verbose_ShowsEachStepOnStandardErrorAndLeavesTheRowsAlone()
    {
        using LoadClient client = LoadClient.Start();
        using var tool = TcpConnLatProcess.Start("-v", "--attach", "raw_tp");

        ClientConnect connect = client.Connect("blocking", TestNetwork.LoopbackIPv4.Remote, port: 9);

        Assert.Equal(0, tool.Stop().Code);
        AssertIsRowOf(Assert.Single(tool.RowsOf(client.Id)), connect, TestNetwork.LoopbackIPv4);
        string steps = string.Join('\n', tool.ErrorLines);
        Assert.All(
            ["BPF_MAP_CREATE", "BPF_PROG_LOAD", "raw_tp_inet_sock_set_state", "IPv4 by raw_tp"],
            step => Assert.Contains(step, steps, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"It takes (\w+)")]
    private static partial Regex WayNamed();
}
