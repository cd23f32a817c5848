using Bench.Subjects;

namespace Bench.Measuring;

/// <summary>A subject and all its runs.</summary>
internal sealed class Measured
{
    private readonly Dictionary<Metric, Series> _series = [];

    /// <summary>Takes the runs.</summary>
    /// <param name="subject">The subject.</param>
    /// <param name="metrics">What was measured.</param>
    /// <param name="samples">The values of each run, in the order of the metrics.</param>
    public Measured(Subject subject, IReadOnlyList<Metric> metrics, IReadOnlyList<IReadOnlyList<double>> samples)
    {
        Subject = subject;
        for (int index = 0; index < metrics.Count; index++)
        {
            int column = index;
            _series.Add(metrics[index], new Series(samples.Select(sample => sample[column])));
        }
    }

    /// <summary>The subject.</summary>
    public Subject Subject { get; }

    /// <summary>The values of one metric.</summary>
    public Series this[Metric metric] => _series[metric];
}
