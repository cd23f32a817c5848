namespace Bench.Losses;

/// <summary>A reader that prints rows, on the ladder.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Command">Program and arguments.</param>
internal sealed record LadderSubject(string Name, IReadOnlyList<string> Command);
