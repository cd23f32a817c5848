using System.Globalization;
using System.Net;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>A run of connectload that made many connects and ended.</summary>
internal sealed class LoadRun
{
    private const int Success = 0;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _values;

    private LoadRun(int processId, IReadOnlyList<string> lines)
    {
        ProcessId = processId;
        Summary = lines[^1];
        Connects = [.. lines.SkipLast(1).Select(ClientConnect.Parse)];
        _values = Summary.Split(' ')[1..].Select(word => word.Split('=', 2)).ToDictionary(word => word[0], word => word[1]);
    }

    /// <summary>Who made the connects.</summary>
    public int ProcessId { get; }

    /// <summary>The last line: counts and latencies.</summary>
    public string Summary { get; }

    /// <summary>Each connect, if the mode reports them.</summary>
    public IReadOnlyList<ClientConnect> Connects { get; }

    /// <summary>How many connects succeeded.</summary>
    public int Connected => Number("connected");

    /// <summary>How many were answered: they succeeded or were refused.</summary>
    public int Answered => Connected + Number($"errno_{ClientConnect.Refused}");

    /// <summary>Connects at a steady rate.</summary>
    public static LoadRun Rate(NetworkNamespace home, IPAddress address, int port, int count, int perSecond) =>
        Run(home, "rate", $"{address}", $"{port}", $"{count}", $"{perSecond}");

    /// <summary>Connects as fast as possible.</summary>
    public static LoadRun Burst(NetworkNamespace home, IPAddress address, int port, int count, int threads) =>
        Run(home, "burst", $"{address}", $"{port}", $"{count}", "--threads", $"{threads}");

    private static LoadRun Run(NetworkNamespace home, params string[] arguments)
    {
        using ChildProcess child = ChildProcess.Start(
            [.. home.Prologue, "dotnet", BuiltProgram.ConnectLoad, .. arguments]);
        int code = child.WaitForExit(s_patience).Code;
        return code == Success
            ? new LoadRun(child.Id, child.Output.Lines)
            : throw new InvalidOperationException($"connectload ended with {code}: {child.Errors.Text}");
    }

    private int Number(string name) =>
        _values.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
}
