namespace Bench.Subjects;

/// <summary>A program that is measured.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Command">Program and arguments.</param>
/// <param name="Goals">The ratios that it must not exceed.</param>
internal sealed record Subject(string Name, IReadOnlyList<string> Command, params IReadOnlyList<Goal> Goals);
