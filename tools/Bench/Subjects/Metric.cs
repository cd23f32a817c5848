namespace Bench.Subjects;

/// <summary>What is measured of a run.</summary>
/// <param name="Name">The word for it in file names and goals.</param>
/// <param name="Unit">Unit of its values.</param>
/// <param name="Decimals">Digits after the point.</param>
internal sealed record Metric(string Name, string Unit, int Decimals)
{
    /// <summary>Milliseconds until the work was done.</summary>
    public static Metric Time { get; } = new("time", "ms", 1);

    /// <summary>Highest resident set.</summary>
    public static Metric Memory { get; } = new("memory", "MB", 1);

    /// <summary>CPU time of a reader for an event.</summary>
    public static Metric ReaderTime { get; } = new("cpu", "ns of CPU an event", 0);

    /// <summary>Time for one of many that are handled one after the other.</summary>
    public static Metric TimeEach { get; } = new("time", "ns", 2);

    /// <summary>Bytes allocated on the heap.</summary>
    public static Metric Allocated { get; } = new("allocated", "bytes allocated", 0);

    /// <summary>What an event costs the process whose connect it tells of.</summary>
    public static Metric TracedTime { get; } = new("cost", "ns an event", 0);

    /// <summary>A value with its digits.</summary>
    public string Format(double value) => value.ToString($"F{Decimals}");
}
