using Bench.Measuring;

namespace Bench.Subjects;

/// <summary>A program that is measured.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Trial">How it is measured once.</param>
/// <param name="Goals">What it must not exceed.</param>
internal sealed record Subject(string Name, ITrial Trial, params IReadOnlyList<Goal> Goals)
{
    /// <summary>
    /// Metrics whose ratio to the first subject of the group is steady enough to be held against the baseline; none for
    /// a subject that the short form leaves out.
    /// </summary>
    public IReadOnlyList<Metric> Guarded { get; init; } = [];
}
