using Bench.Subjects;

namespace Bench.Measuring;

/// <summary>Runs subjects in turn, so that what else the machine does meets all of them alike.</summary>
/// <param name="runs">Runs of each subject.</param>
internal sealed class Session(int runs)
{
    /// <summary>Measures a group of subjects.</summary>
    /// <param name="group">The group.</param>
    public GroupResult Run(SubjectGroup group)
    {
        List<IReadOnlyList<double>>[] samples =
            [.. group.Subjects.Select(static _ => new List<IReadOnlyList<double>>())];
        foreach (Subject subject in group.Subjects)
        {
            subject.Trial.Run(); // fills the page cache
        }

        for (int run = 0; run < runs * group.Repeats; run++)
        {
            for (int index = 0; index < samples.Length; index++)
            {
                samples[index].Add(group.Subjects[index].Trial.Run());
            }
        }

        return new GroupResult(
            group,
            [.. group.Subjects.Select((subject, index) => new Measured(subject, group.Metrics, samples[index]))]);
    }
}
