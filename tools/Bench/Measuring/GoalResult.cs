namespace Bench.Measuring;

/// <summary>A goal, and what was measured.</summary>
/// <param name="What">What it is about.</param>
/// <param name="Bound">The limit in words, for example <c>at most 0.50</c>.</param>
/// <param name="Value">What was measured.</param>
/// <param name="IsMet">Whether the limit is kept.</param>
internal sealed record GoalResult(string What, string Bound, double Value, bool IsMet);
