using System.Globalization;
using System.Text;
using Bench.Measuring;
using Bench.Subjects;

namespace Bench.Report;

/// <summary>A group's figures as a table in Markdown.</summary>
internal static class ResultTable
{
    /// <summary>The table: of each metric the median, the middle half and the ratio to the first subject.</summary>
    public static string Of(GroupResult result)
    {
        StringBuilder text = new("| program |");
        foreach (Metric metric in result.Group.Metrics)
        {
            text.Append(CultureInfo.InvariantCulture, $" {metric.Unit}, median | middle half | ratio |");
        }

        text.Append("\n|---|").Insert(text.Length, "---|---|---|", result.Group.Metrics.Count).Append('\n');
        foreach (Measured subject in result.Subjects)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {subject.Subject.Name} |");
            foreach (Metric metric in result.Group.Metrics)
            {
                Append(text, result, subject, metric);
            }

            text.Append('\n');
        }

        return text.ToString();
    }

    // What is nothing for the first subject has no ratio.
    private static void Append(StringBuilder text, GroupResult result, Measured subject, Metric metric)
    {
        Series series = subject[metric];
        double ratio = result.Ratio(subject, metric);
        text.Append(CultureInfo.InvariantCulture, $" {metric.Format(series.Median)} | ")
            .Append(CultureInfo.InvariantCulture, $"{metric.Format(series.LowerQuartile)} to ")
            .Append(CultureInfo.InvariantCulture, $"{metric.Format(series.UpperQuartile)} | ")
            .Append(double.IsFinite(ratio) ? ratio.ToString("F2", CultureInfo.InvariantCulture) : "-")
            .Append(" |");
    }
}
