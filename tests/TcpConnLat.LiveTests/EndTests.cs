using System.Diagnostics;
using System.Net;
using TcpConnLat.LiveTests.Harness;
using Tmds.Linux;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>The tool ends at once and in order, however it is ended.</summary>
public sealed class EndTests(TestNetwork network) : LiveTest(network)
{
    private const int ClosedPort = 9;

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public static TheoryData<int> Signals => [LibC.SIGINT, LibC.SIGTERM];

    [Theory]
    [MemberData(nameof(Signals))]
    public void Signal_WithoutEvents_EndsWithSuccessWithin200Milliseconds(int signal)
    {
        AssertEnded(() =>
        {
            using var tool = TcpConnLatProcess.Start();
            ProcessExit exit = tool.Signal(signal);
            Assert.Empty(tool.ErrorLines);
            return exit;
        });
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Signal_JustAfterConnects_PrintsThemAndEndsWithin200Milliseconds(int signal)
    {
        using LoadClient client = LoadClient.Start();
        AssertEnded(() =>
        {
            using var tool = TcpConnLatProcess.Start("-p", $"{client.Id}");
            for (int i = 0; i < 50; i++)
            {
                client.Connect("blocking", IPAddress.Loopback, ClosedPort);
            }

            ProcessExit exit = tool.Signal(signal);
            Assert.Equal(50, tool.Rows.Count());
            return exit;
        });
    }

    [Theory]
    [MemberData(nameof(Signals))]
    public void Signal_IgnoredByTheShellThatStartedIt_StillEndsIt(int signal)
    {
        // As a script does with a job in the background: exec keeps what is ignored.
        string name = signal == LibC.SIGINT ? "INT" : "TERM";
        AssertEnded(() =>
        {
            using var tool = ChildProcess.Start(
                "sh", "-c", $"trap '' {name}; exec {string.Join(' ', TcpConnLatProcess.Command())}");
            Assert.True(tool.Output.WaitForLines(1, s_patience), tool.Errors.Text);
            return tool.Signal(signal, s_patience);
        });
    }

    [Fact]
    public void ClosedPipe_WithoutEvents_EndsWithSuccessWithin200Milliseconds()
    {
        // A process ID that no process has: nothing is ever written after the header.
        AssertEnded(() =>
        {
            using ChildProcess shell = StartPipeline($"-p {int.MaxValue}", "head -1");
            Assert.True(shell.Output.WaitForLines(1, s_patience), shell.Errors.Text);
            ProcessExit exit = shell.WaitForExit(s_patience);
            Assert.Equal("tool ended with 0", Assert.Single(shell.Errors.Lines));
            return exit;
        });
    }

    [Fact]
    public void PipeToHead_EndsWithSuccessOnceHeadHasItsLines()
    {
        using LoadClient client = LoadClient.Start();
        AssertEnded(() =>
        {
            using ChildProcess shell = StartPipeline($"-p {client.Id}", "head -3");
            var clock = Stopwatch.StartNew();
            while (!shell.Output.WaitForLines(3, TimeSpan.FromMilliseconds(20)) && clock.Elapsed < s_patience)
            {
                client.Connect("blocking", IPAddress.Loopback, ClosedPort);
            }

            ProcessExit exit = shell.WaitForExit(s_patience);
            Assert.Equal(3, shell.Output.Lines.Count);
            Assert.Equal("tool ended with 0", Assert.Single(shell.Errors.Lines));
            return exit;
        });
    }

    // The shell ends when both ends of its pipe have.
    private static ChildProcess StartPipeline(string arguments, string reader)
    {
        string tool = string.Join(' ', TcpConnLatProcess.Command([.. arguments.Split(' ')]));
        return ChildProcess.Start("sh", "-c", $"{{ {tool}; echo \"tool ended with $?\" >&2; }} | {reader}");
    }

    private static void AssertEnded(Func<ProcessExit> attempt)
    {
        ProcessExit exit = Punctual.End(s_limit, attempt);
        TestContext.Current.TestOutputHelper!.WriteLine($"ended in {exit.Elapsed.TotalMilliseconds:F0} ms");
        Assert.Equal(0, exit.Code);
        Assert.InRange(exit.Elapsed, TimeSpan.Zero, s_limit);
    }
}
