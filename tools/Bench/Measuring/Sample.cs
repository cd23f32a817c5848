namespace Bench.Measuring;

/// <summary>One run of a subject.</summary>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Megabytes">Its highest resident set.</param>
internal readonly record struct Sample(double Milliseconds, double Megabytes);
