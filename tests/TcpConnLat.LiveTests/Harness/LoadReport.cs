using System.Globalization;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>What connectload says about many connects.</summary>
internal sealed class LoadReport
{
    private readonly Dictionary<string, string> _values;

    /// <summary>Reads its output: a line for each connect, if the mode has them, and the summary.</summary>
    public LoadReport(IReadOnlyList<string> lines)
    {
        Summary = lines[^1];
        Connects = [.. lines.SkipLast(1).Select(ClientConnect.Parse)];
        _values = Summary.Split(' ')[1..]
            .Select(word => word.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>The last line: counts and latencies.</summary>
    public string Summary { get; }

    /// <summary>Each connect, if the mode reports them.</summary>
    public IReadOnlyList<ClientConnect> Connects { get; }

    /// <summary>How many connects succeeded.</summary>
    public int Connected => Number("connected");

    /// <summary>How many were answered: they succeeded or were refused.</summary>
    public int Answered => Connected + Number($"errno_{ClientConnect.Refused}");

    private int Number(string name) =>
        _values.TryGetValue(name, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
}
