using Bench.Workloads;
using BenchmarkDotNet.Attributes;

namespace MicroBench;

/// <summary>A perf ring in memory, of 64 pages.</summary>
public class RingBenchmarks : IDisposable
{
    private readonly RingWalk _walk = new();

    /// <summary>Walks over a record; one in a round wraps.</summary>
    [Benchmark(OperationsPerInvoke = RingWalk.RecordCount)]
    public ulong Walk() => _walk.Drain(rounds: 1).LatencyNanoseconds;

    /// <inheritdoc/>
    public void Dispose()
    {
        _walk.Dispose();
        GC.SuppressFinalize(this);
    }
}
