namespace Bench.Measuring;

/// <summary>What the launcher tells of a run.</summary>
/// <param name="ReadyMicroseconds">From before exec to the first line.</param>
/// <param name="HighestResidentKilobytes">Highest resident set of the process.</param>
/// <param name="OwnMicroseconds">What the subject measured of itself, or null.</param>
internal readonly record struct LaunchResult(
    long ReadyMicroseconds, long HighestResidentKilobytes, long? OwnMicroseconds);
