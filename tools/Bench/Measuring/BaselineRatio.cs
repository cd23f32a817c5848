namespace Bench.Measuring;

/// <summary>A ratio that is compared from commit to commit.</summary>
/// <param name="Name">Group and metric.</param>
/// <param name="Value">The ratio; less is better.</param>
internal readonly record struct BaselineRatio(string Name, double Value);
