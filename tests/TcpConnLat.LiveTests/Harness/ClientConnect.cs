using System.Globalization;
using System.Net;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>A connect as the client saw it.</summary>
/// <param name="ProcessId">Who made it.</param>
/// <param name="Comm">The name of the thread that made it, up to 15 bytes.</param>
/// <param name="Local">Its own end; the address is 0.0.0.0 or :: after a refused blocking connect.</param>
/// <param name="Remote">The other end.</param>
/// <param name="Milliseconds">What it measured around connect, or until POLLOUT.</param>
/// <param name="Errno">0 or why it failed.</param>
internal sealed record ClientConnect(
    int ProcessId, string Comm, IPEndPoint Local, IPEndPoint Remote, decimal Milliseconds, int Errno)
{
    public const int Connected = 0;
    public const int TimedOut = 110;
    public const int Refused = 111;
    public const int InProgress = 115;

    private const string CommMark = " comm=";

    /// <summary>Reads a result line of connectload.</summary>
    public static ClientConnect Parse(string line)
    {
        int mark = line.IndexOf(CommMark, StringComparison.Ordinal);
        if (!line.StartsWith("result ", StringComparison.Ordinal) || mark < 0)
        {
            throw new FormatException($"Not a result line: '{line}'");
        }

        Dictionary<string, string> values = line[..mark].Split(' ')[1..]
            .Select(word => word.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        return new ClientConnect(
            (int)Number(values["pid"]),
            line[(mark + CommMark.Length)..],
            IPEndPoint.Parse(values["local"]),
            IPEndPoint.Parse(values["remote"]),
            Number(values["duration_ns"]) / 1_000_000m,
            (int)Number(values["errno"]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
