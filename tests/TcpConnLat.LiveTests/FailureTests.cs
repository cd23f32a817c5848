using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>One line says what failed, why and what to do.</summary>
public sealed class FailureTests(TestNetwork network) : LiveTest(network)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("-p", "abc")]
    [InlineData("-p", "-1")]
    [InlineData("-p")]
    [InlineData("-1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1", "2")]
    [InlineData("--no-such-option")]
    [InlineData("--attach", "uprobe")]
    [InlineData("-c", "0")]
    [InlineData("--duration", "0")]
    public void WrongUsage_EndsWith2AndOneLineOnStandardError(params string[] arguments)
    {
        AssertFails(TcpConnLatProcess.Command(arguments), code: 2);
    }

    [Theory]
    [InlineData("fentry")]
    [InlineData("kprobe")]
    [InlineData("kprobe-tracefs")]
    [InlineData("tp_btf")]
    [InlineData("raw_tp")]
    public void ForcedWay_WorksOrEndsWith1AndSaysWhyNot_AsDoctorSays(string way)
    {
        string verdict = Doctor.VerdictOn(way);
        TestContext.Current.TestOutputHelper!.WriteLine(verdict);

        if (verdict.StartsWith("yes", StringComparison.Ordinal))
        {
            using var tool = TcpConnLatProcess.Start("--attach", way);
            Assert.Equal(0, tool.Stop().Code);
            return;
        }

        string line = AssertFails(TcpConnLatProcess.Command("--attach", way), code: 1);
        Assert.StartsWith($"tcpconnlat: {way} does not work here: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutCapabilities_EndsWith1AndNamesThem()
    {
        string line = AssertFails(
            ["setpriv", "--bounding-set=-all", "--inh-caps=-all", .. TcpConnLatProcess.Command()], code: 1);

        Assert.Contains("CAP_BPF", line, StringComparison.Ordinal);
        Assert.Contains("CAP_PERFMON", line, StringComparison.Ordinal);
    }

    private static string AssertFails(string[] command, int code)
    {
        using var process = ChildProcess.Start(command);

        ProcessExit exit = process.WaitForExit(s_patience);

        Assert.Equal(code, exit.Code);
        Assert.Empty(process.Output.Lines);
        string line = Assert.Single(process.Errors.Lines);
        TestContext.Current.TestOutputHelper!.WriteLine(line);
        Assert.StartsWith("tcpconnlat: ", line, StringComparison.Ordinal);
        return line;
    }
}
