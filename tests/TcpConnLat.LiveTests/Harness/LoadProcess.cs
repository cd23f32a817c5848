using System.Net;
using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>
/// connectload about to make many connects. Its process ID is known before it begins, so that the tool can be told to
/// watch this process only: what other programs do meanwhile then counts neither as rows nor as losses.
/// </summary>
internal sealed class LoadProcess : IDisposable
{
    // The shell waits for a line, then becomes connectload: the process stays the same.
    private const string WaitForGo = "ulimit -n 20000; read -r go && exec \"$@\"";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _process;

    private LoadProcess(NetworkNamespace home, params string[] arguments)
    {
        _process = ChildProcess.Start(
            [.. home.Prologue, "sh", "-c", WaitForGo, "sh", .. BuiltProgram.ConnectLoad, .. arguments]);
    }

    /// <summary>Who will make the connects.</summary>
    public int Id => _process.Id;

    /// <summary>Connects at a steady rate.</summary>
    public static LoadProcess Rate(NetworkNamespace home, IPAddress address, int port, int count, int perSecond) =>
        new(home, "rate", $"{address}", $"{port}", $"{count}", $"{perSecond}");

    /// <summary>Connects as fast as possible.</summary>
    public static LoadProcess Burst(NetworkNamespace home, IPAddress address, int port, int count, int threads) =>
        new(home, "burst", $"{address}", $"{port}", $"{count}", "--threads", $"{threads}");

    /// <summary>Begins connects and keeps them in flight until <see cref="End"/>.</summary>
    public static LoadProcess Hold(NetworkNamespace home, IPAddress address, int port, int count) =>
        new(home, "hold", $"{address}", $"{port}", $"{count}");

    /// <summary>Makes all connects.</summary>
    public LoadReport Run()
    {
        Begin();
        End();
        return new LoadReport(_process.Output.Lines);
    }

    /// <summary>Makes the connects, and returns when it has something to say about them.</summary>
    public void Begin()
    {
        _process.WriteLine("go");
        Assert.True(_process.Output.WaitForLines(1, s_patience), _process.Errors.Text);
    }

    /// <summary>Has it end.</summary>
    public void End()
    {
        _process.EndInput();
        int code = _process.WaitForExit(s_patience).Code;
        Assert.True(code == 0, $"connectload ended with {code}: {_process.Errors.Text}");
    }

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
