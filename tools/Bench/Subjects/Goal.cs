namespace Bench.Subjects;

/// <summary>A median that must not be exceeded.</summary>
/// <param name="Metric">What it is about.</param>
/// <param name="Against">Name of the subject that counts as 1; null for a limit of the value itself.</param>
/// <param name="AtMost">The highest ratio, or value, allowed.</param>
internal sealed record Goal(Metric Metric, string? Against, double AtMost);
