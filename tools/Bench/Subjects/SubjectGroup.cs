namespace Bench.Subjects;

/// <summary>Subjects that do the same and are compared with each other.</summary>
/// <param name="Title">Heading of the group.</param>
/// <param name="Description">What is done, and what exactly is measured.</param>
/// <param name="Name">Its name on the command line, in the baseline and of its figures.</param>
/// <param name="Metrics">What is measured, in the order in which trials give the values.</param>
/// <param name="Subjects">The subjects; the first one is what the others are compared with.</param>
internal sealed record SubjectGroup(
    string Title,
    string Description,
    string Name,
    IReadOnlyList<Metric> Metrics,
    IReadOnlyList<Subject> Subjects)
{
    /// <summary>Metrics that are drawn; all of them unless said otherwise.</summary>
    public IReadOnlyList<Metric> Drawn { get; init; } = Metrics;

    /// <summary>How often a trial is made in the place of one, where many short ones vary.</summary>
    public int Repeats { get; init; } = 1;

    /// <summary>The group with only what the short form compares: its first subject and the guarded ones.</summary>
    public SubjectGroup Short() => this with
    {
        // Goals may be against subjects that are left out.
        Subjects =
        [
            .. Subjects.Where(static (subject, index) => index == 0 || subject.Guarded.Count > 0)
                .Select(static subject => subject with { Goals = [] }),
        ],
    };
}
