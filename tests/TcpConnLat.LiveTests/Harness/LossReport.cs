using System.Globalization;
using System.Text.RegularExpressions;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>What the tool says at its end about connects that it has no row for.</summary>
internal static partial class LossReport
{
    /// <summary>How many, for whatever causes; 0 if it says nothing.</summary>
    /// <param name="errorLines">The lines of its standard error.</param>
    public static long Sum(IEnumerable<string> errorLines) => errorLines
        .Where(line => line.StartsWith("tcpconnlat: connects without a row: ", StringComparison.Ordinal))
        .SelectMany(line => LossNumber().Matches(line))
        .Sum(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    /// <summary>How many events came after the last row, which it says with <c>-v</c>.</summary>
    /// <param name="errorLines">The lines of its standard error.</param>
    public static long Surplus(IEnumerable<string> errorLines) => errorLines
        .Select(line => SurplusNumber().Match(line))
        .Where(match => match.Success)
        .Sum(match => long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture));

    // One number for each cause, with the cause in brackets.
    [GeneratedRegex(@"(\d+) \(")]
    private static partial Regex LossNumber();

    [GeneratedRegex(@"(\d+) events came after the last row")]
    private static partial Regex SurplusNumber();
}
