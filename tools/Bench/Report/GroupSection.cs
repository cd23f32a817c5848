using Bench.Measuring;

namespace Bench.Report;

/// <summary>The chapter of a group of subjects.</summary>
internal static class GroupSection
{
    /// <summary>Makes it of what was measured.</summary>
    public static PageSection Of(GroupResult result) =>
        new(result.Group.Title, result.Group.Description, ResultTable.Of(result))
        {
            Goals = result.Goals,
            Figures =
            [
                .. result.Group.Drawn.Select(metric => new Figure(
                    $"{result.Group.Name}-{metric.Name}.svg", BarChart.Of(result, metric))),
            ],
            GuardedRatios = [.. result.GuardedRatios],
        };
}
