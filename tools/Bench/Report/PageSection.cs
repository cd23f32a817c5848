using Bench.Measuring;

namespace Bench.Report;

/// <summary>A chapter of the page.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Description">What is done, and what exactly is measured.</param>
/// <param name="Table">The figures as a table in Markdown.</param>
internal sealed record PageSection(string Title, string Description, string Table)
{
    /// <summary>The goals, and whether they are met.</summary>
    public IReadOnlyList<GoalResult> Goals { get; init; } = [];

    /// <summary>The images.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    /// <summary>The ratios that the baseline holds.</summary>
    public IReadOnlyList<BaselineRatio> GuardedRatios { get; init; } = [];
}
