using Bench.Subjects;

namespace Bench.Measuring;

/// <summary>Runs subjects in turn, so that what else the machine does meets all of them alike.</summary>
internal sealed class Session(Launcher launcher, int runs)
{
    /// <summary>Measures a group of subjects.</summary>
    /// <param name="group">The group.</param>
    /// <returns>What was measured, in the order of the subjects.</returns>
    public IReadOnlyList<Measured> Run(SubjectGroup group)
    {
        List<Sample>[] samples = [.. group.Subjects.Select(static _ => new List<Sample>())];
        foreach (Subject subject in group.Subjects)
        {
            launcher.Run(subject.Command); // fills the page cache
        }

        for (int run = 0; run < runs; run++)
        {
            for (int index = 0; index < samples.Length; index++)
            {
                samples[index].Add(Sample(launcher.Run(group.Subjects[index].Command)));
            }
        }

        return [.. group.Subjects.Select((subject, index) => new Measured(subject, samples[index]))];
    }

    private static Sample Sample(in LaunchResult result) => new(
        (result.OwnMicroseconds ?? result.ReadyMicroseconds) / 1000.0,
        result.HighestResidentKilobytes / 1024.0);
}
