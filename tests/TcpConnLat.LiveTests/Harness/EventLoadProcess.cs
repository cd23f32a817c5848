using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>
/// eventload: events of connects that never were, made in the kernel and sent to a running tool. The PID column numbers
/// them from 1 on.
/// </summary>
internal sealed partial class EventLoadProcess : IDisposable
{
    /// <summary>The CPU on which it makes them.</summary>
    public const int Cpu = 0;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(120);

    private readonly ChildProcess _process;

    private EventLoadProcess(ChildProcess process)
    {
        _process = process;
    }

    /// <summary>Begins to make events.</summary>
    /// <param name="toolId">Process ID of the tool.</param>
    /// <param name="events">How many.</param>
    /// <param name="rate">Events a second; 0 for as many as it can.</param>
    public static EventLoadProcess Start(int toolId, int events, int rate = 0) => new(ChildProcess.Start([
        .. BuiltProgram.EventLoad, $"{toolId}", "--events", $"{events}", "--rate", $"{rate}", "--burst", "16",
        "--cpu", $"{Cpu}"]));

    /// <summary>Makes all events.</summary>
    /// <inheritdoc cref="Start"/>
    /// <returns>How many of them the kernel refused to take.</returns>
    public static long Run(int toolId, int events, int rate = 0)
    {
        using EventLoadProcess load = Start(toolId, events, rate);
        return load.WaitForRefused();
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>How many events the kernel refused to take.</returns>
    public long WaitForRefused()
    {
        int code = _process.WaitForExit(s_patience).Code;
        Assert.True(code == 0, $"eventload ended with {code}: {_process.Errors.Text}");
        TestContext.Current.TestOutputHelper!.WriteLine(_process.Output.Text);
        Match lost = Lost().Match(_process.Output.Text);
        return long.Parse(lost.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();

    [GeneratedRegex(@" lost (\d+)")]
    private static partial Regex Lost();
}
