namespace Bench.Subjects;

/// <summary>Subjects that do the same and are compared with each other.</summary>
/// <param name="Title">Heading of the group.</param>
/// <param name="Description">What is done, and what exactly is measured.</param>
/// <param name="FileName">Name of its figures, without extension.</param>
/// <param name="Subjects">The subjects; the first one is what the others are compared with.</param>
internal sealed record SubjectGroup(
    string Title, string Description, string FileName, IReadOnlyList<Subject> Subjects);
