using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary><c>tcpconnlat doctor</c> tells the truth about this kernel.</summary>
public sealed class DoctorTests(TestNetwork network) : LiveTest(network)
{
    [Fact]
    public void Doctor_NamesTheWayThatAutoUses()
    {
        using var process = ChildProcess.Start(TcpConnLatProcess.Command("doctor"));

        Assert.Equal(0, process.WaitForExit(TimeSpan.FromSeconds(20)).Code);

        TestContext.Current.TestOutputHelper!.WriteLine(process.Output.Text);
        Assert.Contains(KernelOffers.EntryProbes ? "kprobe" : "tp_btf", process.Output.Text, StringComparison.Ordinal);
        Assert.Empty(process.Errors.Lines);
    }
}
