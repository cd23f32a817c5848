using System.Globalization;
using System.Net;

namespace ConnectLoad;

/// <summary>One connect to make, as a line of the plan says it.</summary>
/// <param name="Kind">How.</param>
/// <param name="Remote">Where to; a v4-mapped IPv6 address makes a dual-mode socket speak IPv4.</param>
/// <param name="Local">What to bind to first, or null.</param>
/// <param name="HoldMilliseconds">How long <see cref="ConnectKind.Abandon"/> waits before it closes.</param>
internal sealed record ConnectRequest(ConnectKind Kind, IPEndPoint Remote, IPEndPoint? Local, int HoldMilliseconds)
{
    private const int DefaultHoldMilliseconds = 200;

    /// <summary>Reads <c>KIND ADDRESS PORT [from=ADDRESS:PORT] [hold=MILLISECONDS]</c>.</summary>
    /// <exception cref="UsageException">The line says something else.</exception>
    public static ConnectRequest Parse(string line)
    {
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3)
        {
            throw new UsageException($"plan line '{line}': expected KIND ADDRESS PORT");
        }

        ConnectRequest request = new(
            ParseKind(words[0]), Arguments.EndPoint(words[1], words[2]), Local: null, DefaultHoldMilliseconds);
        foreach (string word in words.AsSpan(3))
        {
            request = request.With(word);
        }

        return request;
    }

    /// <summary>The word a plan has for a kind.</summary>
    public static string NameOf(ConnectKind kind) => kind switch
    {
        ConnectKind.Blocking => "blocking",
        ConnectKind.NonBlocking => "nonblocking",
        ConnectKind.Self => "self",
        _ => "abandon",
    };

    private static ConnectKind ParseKind(string word) => word switch
    {
        "blocking" => ConnectKind.Blocking,
        "nonblocking" => ConnectKind.NonBlocking,
        "self" => ConnectKind.Self,
        "abandon" => ConnectKind.Abandon,
        _ => throw new UsageException($"'{word}' is not one of blocking, nonblocking, self, abandon"),
    };

    private ConnectRequest With(string word)
    {
        if (word.StartsWith("from=", StringComparison.Ordinal) && IPEndPoint.TryParse(word[5..], out IPEndPoint? local))
        {
            return this with { Local = local };
        }

        bool isHold = word.StartsWith("hold=", StringComparison.Ordinal);
        return isHold && int.TryParse(word.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int hold)
            ? this with { HoldMilliseconds = hold }
            : throw new UsageException($"'{word}' is neither from=ADDRESS:PORT nor hold=MILLISECONDS");
    }
}
