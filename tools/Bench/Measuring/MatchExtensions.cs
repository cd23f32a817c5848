using System.Globalization;
using System.Text.RegularExpressions;

namespace Bench.Measuring;

/// <summary>Numbers in what programs print.</summary>
internal static class MatchExtensions
{
    /// <summary>The number that a group of the expression found.</summary>
    /// <param name="match">What was found.</param>
    /// <param name="group">Name of the group.</param>
    public static double Number(this Match match, string group) =>
        double.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
}
