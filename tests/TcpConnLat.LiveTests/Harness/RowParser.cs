using System.Globalization;
using System.Net;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>Reads rows by the documented widths, and accepts none that differs from them in a single byte.</summary>
internal sealed class RowParser
{
    private const int CommWidth = 12;

    private readonly bool _hasTime;
    private readonly bool _hasLocalPort;

    /// <summary>Takes the columns from the header.</summary>
    public RowParser(string header)
    {
        _hasTime = header.StartsWith("TIME(s)", StringComparison.Ordinal);
        _hasLocalPort = header.Contains("LPORT", StringComparison.Ordinal);
        string expected = (_hasTime ? "TIME(s)   " : "")
            + "PID    COMM         IP SADDR            "
            + (_hasLocalPort ? "LPORT  " : "")
            + "DADDR            DPORT LAT(ms)";
        if (header != expected)
        {
            throw new FormatException($"Header '{header}', expected '{expected}'");
        }
    }

    /// <summary>Reads a row.</summary>
    public Row Parse(string line)
    {
        try
        {
            Row row = Read(line);
            return row.ToString() == line ? row : throw new FormatException($"printf would give '{row}'");
        }
        catch (Exception reason) when (reason is FormatException or ArgumentException)
        {
            throw new FormatException($"Row '{line}': {reason.Message}", reason);
        }
    }

    private Row Read(string line)
    {
        string rest = line;
        decimal? seconds = _hasTime ? Number(TakeWord(ref rest, width: 9)) : null;
        int processId = Whole(TakeWord(ref rest, width: 6));

        // The only column that may hold spaces, but its width is fixed: shorter is padded, longer is cut.
        string comm = rest[..CommWidth].TrimEnd(' ');
        rest = rest[(CommWidth + 1)..];
        int version = Whole(TakeWord(ref rest, width: 2));
        var source = IPAddress.Parse(TakeWord(ref rest, width: 16));
        int? localPort = _hasLocalPort ? Whole(TakeWord(ref rest, width: 6)) : null;
        var destination = IPAddress.Parse(TakeWord(ref rest, width: 16));
        int destinationPort = Whole(TakeWord(ref rest, width: 5));
        decimal milliseconds = Number(rest);
        return new Row(
            seconds, processId, comm, version, source, localPort, destination, destinationPort, milliseconds);
    }

    // A word, its padding and the space that parts columns; a word wider than its column pushes the others.
    private static string TakeWord(ref string rest, int width)
    {
        int end = rest.IndexOf(' ', StringComparison.Ordinal);
        string word = rest[..end];
        rest = rest[(Math.Max(end, width) + 1)..];
        return word;
    }

    private static int Whole(string word) => int.Parse(word, NumberStyles.None, CultureInfo.InvariantCulture);

    private static decimal Number(string word) =>
        decimal.Parse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
