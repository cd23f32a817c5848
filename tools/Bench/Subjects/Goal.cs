namespace Bench.Subjects;

/// <summary>A ratio of medians that must not be exceeded.</summary>
/// <param name="Measure">Which column it is about.</param>
/// <param name="Against">Name of the subject that counts as 1.</param>
/// <param name="AtMost">The highest ratio allowed.</param>
internal sealed record Goal(Measure Measure, string Against, double AtMost);
