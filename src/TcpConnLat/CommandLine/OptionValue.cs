using System.Globalization;
using TcpConnLat.Attach;

namespace TcpConnLat.CommandLine;

/// <summary>Strict readers of option values: the whole word counts, and nothing is guessed.</summary>
internal static class OptionValue
{
    private const decimal NanosecondsPerMillisecond = 1_000_000m;

    /// <summary>The largest batch: with pages of 4 KiB a ring holds some 2,700 events, and room must be left.</summary>
    public const int LargestBatch = 1000;

    // Longer than any machine runs, and far below where a TimeSpan or a poll deadline could overflow.
    private const decimal LongestDurationSeconds = int.MaxValue;

    /// <summary>A process ID: digits, 1 to 2147483647 (<c>pid_t</c>).</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="word">The value as given.</param>
    /// <exception cref="UsageException">The word is no such number.</exception>
    public static uint ProcessId(string option, string word)
    {
        bool isNumber = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        return isNumber && value > 0
            ? (uint)value
            : throw new UsageException($"{option}: '{word}' is not a process ID (a whole number above 0)");
    }

    /// <summary>A number of rows: digits, above 0.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="word">The value as given.</param>
    /// <exception cref="UsageException">The word is no such number.</exception>
    public static long Count(string option, string word)
    {
        bool isNumber = long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        return isNumber && value > 0
            ? value
            : throw new UsageException($"{option}: '{word}' is not a count (a whole number above 0)");
    }

    /// <summary>A time in seconds, above 0; fractions are welcome.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="word">The value as given.</param>
    /// <exception cref="UsageException">The word is no such number.</exception>
    public static TimeSpan Seconds(string option, string word)
    {
        bool isTime = TryParseDecimal(word, out decimal seconds) && seconds is > 0 and <= LongestDurationSeconds;
        return isTime
            ? new TimeSpan((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond))
            : throw new UsageException(
                $"{option}: '{word}' is not a duration (seconds above 0, at most {LongestDurationSeconds:F0})");
    }

    /// <summary>A latency in milliseconds, 0 or more, as nanoseconds; a fraction of a nanosecond rounds up.</summary>
    /// <param name="word">The value as given.</param>
    /// <remarks>
    /// Rounding up keeps the meaning: a latency is a whole number of nanoseconds, so it is at least the given minimum
    /// exactly when it is at least the minimum rounded up.
    /// </remarks>
    /// <exception cref="UsageException">The word is no such number.</exception>
    public static ulong MinimumNanoseconds(string word)
    {
        const decimal Longest = ulong.MaxValue / NanosecondsPerMillisecond;
        bool isLatency = TryParseDecimal(word, out decimal milliseconds) && milliseconds is >= 0 and <= Longest;
        return isLatency
            ? (ulong)Math.Ceiling(milliseconds * NanosecondsPerMillisecond)
            : throw new UsageException(
                $"'{word}' is not a minimum latency (milliseconds, 0 or more, for example 0.1)");
    }

    /// <summary>A way to attach, or null for the word <c>auto</c>.</summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="word">The value as given.</param>
    /// <exception cref="UsageException">The word names no way.</exception>
    public static AttachWay? Way(string option, string word)
    {
        if (word == AttachWayNames.Auto)
        {
            return null;
        }

        return AttachWayNames.TryParse(word, out AttachWay way)
            ? way
            : throw new UsageException(
                $"{option}: '{word}' is not one of auto, fentry, kprobe, kprobe-tracefs, tp_btf, raw_tp");
    }

    /// <summary>
    /// A number of events, 1 to <see cref="LargestBatch"/>; 1 for the word <c>off</c>, null for <c>auto</c>.
    /// </summary>
    /// <param name="option">The option, for the message.</param>
    /// <param name="word">The value as given.</param>
    /// <exception cref="UsageException">The word is none of these.</exception>
    public static int? Batch(string option, string word)
    {
        bool isNumber = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value);
        return word switch
        {
            "auto" => null,
            "off" => 1,
            _ when isNumber && value is >= 1 and <= LargestBatch => value,
            _ => throw new UsageException(
                $"{option}: '{word}' is not auto, off or a number of events from 1 to {LargestBatch}"),
        };
    }

    // decimal, not double: 0.1 ms is exactly 100000 ns, and neither NaN nor infinity can be written.
    private static bool TryParseDecimal(string word, out decimal value)
    {
        const NumberStyles Style = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return decimal.TryParse(word, Style, CultureInfo.InvariantCulture, out value);
    }
}
