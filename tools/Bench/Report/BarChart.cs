using System.Globalization;
using System.Text;
using Bench.Measuring;
using Bench.Subjects;

namespace Bench.Report;

/// <summary>Medians of a group as bars, with the middle half of the runs as a line: an SVG image.</summary>
internal static class BarChart
{
    private const int LabelWidth = 290;
    private const int BarSpace = 360;
    private const int RowHeight = 26;
    private const int Top = 34;

    /// <summary>The image.</summary>
    /// <param name="result">What was measured.</param>
    /// <param name="metric">What is shown.</param>
    public static string Of(GroupResult result, Metric metric)
    {
        int height = Top + (RowHeight * result.Subjects.Count) + 8;
        double scale = BarSpace / result.Subjects.Max(subject => subject[metric].UpperQuartile);
        StringBuilder svg = SvgImage.Begin($"{result.Group.Title}, {metric.Unit}", height);
        for (int row = 0; row < result.Subjects.Count; row++)
        {
            AppendRow(svg, result.Subjects[row], metric, Top + (row * RowHeight), scale);
        }

        return SvgImage.End(svg);
    }

    private static void AppendRow(StringBuilder svg, Measured subject, Metric metric, int top, double scale)
    {
        Series values = subject[metric];
        bool isPeer = subject.Subject.Name.StartsWith(PeerNames.Plain, StringComparison.Ordinal);
        string colour = isPeer ? "#9aa5b1" : "#3b7dd8";
        double end = LabelWidth + (values.UpperQuartile * scale);
        string name = subject.Subject.Name.Replace("`", string.Empty, StringComparison.Ordinal);
        svg.Append(CultureInfo.InvariantCulture, $"<text x='8' y='{top + 15}'>{name}</text>\n")
            .Append(CultureInfo.InvariantCulture, $"<rect x='{LabelWidth}' y='{top + 3}' height='16' fill='{colour}' ")
            .Append(CultureInfo.InvariantCulture, $"width='{values.Median * scale:F1}'/>\n")
            .Append(CultureInfo.InvariantCulture, $"<line x1='{LabelWidth + (values.LowerQuartile * scale):F1}' ")
            .Append(CultureInfo.InvariantCulture, $"x2='{end:F1}' y1='{top + 11}' y2='{top + 11}' stroke='black'/>\n")
            .Append(CultureInfo.InvariantCulture, $"<text x='{end + 8:F1}' y='{top + 15}'>")
            .Append(metric.Format(values.Median))
            .Append("</text>\n");
    }
}
