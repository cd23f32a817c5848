using System.Globalization;
using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>connectload in its own process, accepting connections over IPv4 and IPv6.</summary>
internal sealed class LoadServer : IDisposable
{
    private const string Greeting = "listening port=";

    private readonly ChildProcess _process;

    private LoadServer(ChildProcess process)
    {
        _process = process;
        Assert.True(process.Output.WaitForLines(1, TimeSpan.FromSeconds(20)), process.Errors.Text);
        string line = process.Output.Lines[0];
        Assert.StartsWith(Greeting, line, StringComparison.Ordinal);
        Port = int.Parse(line.AsSpan(Greeting.Length), CultureInfo.InvariantCulture);
    }

    /// <summary>Where it listens.</summary>
    public int Port { get; }

    /// <summary>Starts it, in a namespace or in that of this process.</summary>
    public static LoadServer Start(NetworkNamespace? home = null) =>
        new(ChildProcess.Start([.. home?.Prologue ?? [], .. BuiltProgram.ConnectLoad, "listen", "0"]));

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
