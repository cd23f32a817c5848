using System.Globalization;
using System.Text;
using Bench.Losses;

namespace Bench.Report;

/// <summary>Losses by rate as lines: an SVG image. Rates are on a logarithmic axis.</summary>
internal static class LineChart
{
    private const int Height = 400;
    private const int Left = 60;
    private const int Right = 740;
    private const int Top = 90;
    private const int Bottom = 350;

    private static readonly string[] s_colours = ["#6b7682", "#c77d2e", "#3b7dd8", "#5a9e4b"];

    /// <summary>The image.</summary>
    /// <param name="title">What it shows.</param>
    /// <param name="climbs">A line for each.</param>
    public static string Of(string title, IReadOnlyList<Climb> climbs)
    {
        StringBuilder svg = SvgImage.Begin(title, Height);
        AppendAxes(svg, climbs[0]);
        for (int index = 0; index < climbs.Count; index++)
        {
            AppendLine(svg, climbs[index], s_colours[index % s_colours.Length], Top - 50 + (18 * index));
        }

        return SvgImage.End(svg);
    }

    private static void AppendAxes(StringBuilder svg, Climb any)
    {
        for (int percent = 0; percent <= 100; percent += 25)
        {
            double y = Y(percent / 100.0);
            svg.Append(CultureInfo.InvariantCulture, $"<line x1='{Left}' x2='{Right}' y1='{y:F1}' y2='{y:F1}' ")
                .Append("stroke='#d8dde3'/>\n")
                .Append(CultureInfo.InvariantCulture, $"<text x='{Left - 8}' y='{y + 4:F1}' text-anchor='end'>")
                .Append(CultureInfo.InvariantCulture, $"{percent} %</text>\n");
        }

        foreach (Rung rung in any.Rungs)
        {
            double x = X(any, rung);
            svg.Append(CultureInfo.InvariantCulture, $"<text x='{x:F1}' y='{Bottom + 20}' text-anchor='middle'>")
                .Append(CultureInfo.InvariantCulture, $"{rung.Rate / 1000}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x='{Right}' y='{Bottom + 40}' text-anchor='end'>")
            .Append("thousand events a second</text>\n");
    }

    // Rates that could not be made are left out.
    private static void AppendLine(StringBuilder svg, Climb climb, string colour, int legend)
    {
        svg.Append("<polyline fill='none' stroke-width='2' points='");
        foreach (Rung rung in climb.Rungs.Where(static rung => rung.IsMade))
        {
            svg.Append(CultureInfo.InvariantCulture, $"{X(climb, rung):F1},{Y(rung.Shares.Median):F1} ");
        }

        svg.Append(CultureInfo.InvariantCulture, $"' stroke='{colour}'/>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<line x1='{Left}' x2='{Left + 24}' y1='{legend}' y2='{legend}' ")
            .Append(CultureInfo.InvariantCulture, $"stroke='{colour}' stroke-width='2'/>\n")
            .Append(CultureInfo.InvariantCulture, $"<text x='{Left + 32}' y='{legend + 4}'>")
            .Append(CultureInfo.InvariantCulture, $"{climb.Subject.Name}</text>\n");
    }

    private static double X(Climb climb, Rung rung)
    {
        double lowest = Math.Log(climb.Rungs[0].Rate);
        double highest = Math.Log(climb.Rungs[^1].Rate);
        return Left + 20 + ((Right - Left - 40) * (Math.Log(rung.Rate) - lowest) / (highest - lowest));
    }

    private static double Y(double share) => Bottom - ((Bottom - Top) * share);
}
