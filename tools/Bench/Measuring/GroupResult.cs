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
        Ratios = [.. subjects.SelectMany(
            subject => subject.Subject.Goals.Select(goal => new RatioResult(subject, goal, Of(goal.Against))))];
    }

    /// <summary>The group.</summary>
    public SubjectGroup Group { get; }

    /// <summary>Its subjects; the first one counts as 1.</summary>
    public IReadOnlyList<Measured> Subjects { get; }

    /// <summary>The ratios that have a goal.</summary>
    public IReadOnlyList<RatioResult> Ratios { get; }

    /// <summary>The median of a subject compared with that of the first one.</summary>
    public double Ratio(Measured subject, Measure measure) => subject[measure].Median / Subjects[0][measure].Median;

    private Measured Of(string name) => Subjects.First(subject => subject.Subject.Name == name);
}
