using System.Globalization;
using Bench.Subjects;

namespace Bench.Measuring;

/// <summary>A group of subjects, measured.</summary>
internal sealed class GroupResult
{
    /// <summary>Takes what was measured.</summary>
    public GroupResult(SubjectGroup group, IReadOnlyList<Measured> subjects)
    {
        Group = group;
        Subjects = subjects;
        Goals = [.. subjects.SelectMany(subject => subject.Subject.Goals.Select(goal => Judge(subject, goal)))];
    }

    /// <summary>The group.</summary>
    public SubjectGroup Group { get; }

    /// <summary>Its subjects; the first one counts as 1.</summary>
    public IReadOnlyList<Measured> Subjects { get; }

    /// <summary>The goals of all subjects.</summary>
    public IReadOnlyList<GoalResult> Goals { get; }

    /// <summary>
    /// The ratios that the baseline holds: of the lowest values, which a busy machine moves less than medians.
    /// </summary>
    public IEnumerable<BaselineRatio> GuardedRatios => Subjects.SelectMany(
        subject => subject.Subject.Guarded.Select(metric => new BaselineRatio(
            $"{Group.Name}-{metric.Name}", subject[metric].Lowest / Subjects[0][metric].Lowest)));

    /// <summary>The median of a subject compared with that of the first one.</summary>
    public double Ratio(Measured subject, Metric metric) => subject[metric].Median / Subjects[0][metric].Median;

    private GoalResult Judge(Measured subject, Goal goal)
    {
        double value = subject[goal.Metric].Median / (goal.Against is { } name ? Of(name)[goal.Metric].Median : 1);
        string what = $"{subject.Subject.Name}: {goal.Metric.Name}";
        return new GoalResult(
            goal.Against is null ? $"{what}, {goal.Metric.Unit}" : $"{what} against {goal.Against}",
            string.Create(CultureInfo.InvariantCulture, $"at most {goal.AtMost:0.00##}"),
            value,
            value <= goal.AtMost);
    }

    private Measured Of(string name) => Subjects.First(subject => subject.Subject.Name == name);
}
