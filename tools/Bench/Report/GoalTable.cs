using System.Globalization;
using System.Text;
using Bench.Measuring;

namespace Bench.Report;

/// <summary>Goals as a table in Markdown.</summary>
internal static class GoalTable
{
    /// <summary>The table; empty without goals.</summary>
    public static string Of(IReadOnlyList<GoalResult> goals)
    {
        if (goals.Count == 0)
        {
            return string.Empty;
        }

        StringBuilder text = new("\n| goal | limit | measured | |\n|---|---|---|---|\n");
        foreach (GoalResult goal in goals)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {goal.What} | {goal.Bound} | {goal.Value:F2} | ")
                .Append(CultureInfo.InvariantCulture, $"{(goal.IsMet ? "met" : "**missed**")} |\n");
        }

        return text.ToString();
    }
}
