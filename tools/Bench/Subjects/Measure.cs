namespace Bench.Subjects;

/// <summary>What is measured of a run.</summary>
internal enum Measure
{
    /// <summary>Milliseconds until the work was done.</summary>
    Time,

    /// <summary>Highest resident set in MB.</summary>
    Memory,
}
