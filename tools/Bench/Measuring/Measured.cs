using Bench.Subjects;

namespace Bench.Measuring;

/// <summary>A subject and all its runs.</summary>
internal sealed class Measured
{
    private readonly Series _time;
    private readonly Series _memory;

    /// <summary>Takes the runs.</summary>
    public Measured(Subject subject, IReadOnlyList<Sample> samples)
    {
        Subject = subject;
        _time = new Series(samples.Select(static sample => sample.Milliseconds));
        _memory = new Series(samples.Select(static sample => sample.Megabytes));
    }

    /// <summary>The subject.</summary>
    public Subject Subject { get; }

    /// <summary>The values of one measure.</summary>
    public Series this[Measure measure] => measure == Measure.Time ? _time : _memory;
}
