using Bench.Subjects;

namespace Bench.Measuring;

/// <summary>A ratio that has a goal.</summary>
internal sealed record RatioResult(Measured Subject, Goal Goal, Measured Against)
{
    /// <summary>The ratio of medians.</summary>
    public double Value => Subject[Goal.Measure].Median / Against[Goal.Measure].Median;

    /// <summary>Whether the goal is reached.</summary>
    public bool IsMet => Value <= Goal.AtMost;
}
