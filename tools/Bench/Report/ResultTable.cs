using System.Globalization;
using System.Text;
using Bench.Measuring;
using Bench.Subjects;

namespace Bench.Report;

/// <summary>A group's figures as a table in Markdown.</summary>
internal static class ResultTable
{
    /// <summary>The table, and below it the goals.</summary>
    public static string Of(GroupResult result)
    {
        StringBuilder text = new();
        text.Append("| program | ms, median | middle half | ratio | RSS MB | ratio |\n|---|---|---|---|---|---|\n");
        foreach (Measured subject in result.Subjects)
        {
            Series time = subject[Measure.Time];
            text.Append(CultureInfo.InvariantCulture, $"| {subject.Subject.Name} | {time.Median:F1} | ")
                .Append(CultureInfo.InvariantCulture, $"{time.LowerQuartile:F1} to {time.UpperQuartile:F1} | ")
                .Append(CultureInfo.InvariantCulture, $"{result.Ratio(subject, Measure.Time):F2} | ")
                .Append(CultureInfo.InvariantCulture, $"{subject[Measure.Memory].Median:F1} | ")
                .Append(CultureInfo.InvariantCulture, $"{result.Ratio(subject, Measure.Memory):F2} |\n");
        }

        if (result.Ratios.Count > 0)
        {
            text.Append("\n| goal | at most | measured | |\n|---|---|---|---|\n");
        }

        foreach (RatioResult ratio in result.Ratios)
        {
            string what = ratio.Goal.Measure == Measure.Time ? "time" : "memory";
            text.Append(CultureInfo.InvariantCulture, $"| {ratio.Subject.Subject.Name}: {what} against ")
                .Append(CultureInfo.InvariantCulture, $"{ratio.Goal.Against} | {ratio.Goal.AtMost:F2} | ")
                .Append(CultureInfo.InvariantCulture, $"{ratio.Value:F2} | {(ratio.IsMet ? "met" : "**missed**")} |\n");
        }

        return text.ToString();
    }
}
