using Bench.Workloads;
using BenchmarkDotNet.Attributes;

namespace MicroBench;

/// <summary>Rows of tcpconnlat.</summary>
public class RowBenchmarks : IDisposable
{
    private RowPrinting? _rows;

    /// <summary>4 or 6.</summary>
    [Params(4, 6)]
    public int IpVersion { get; set; }

    /// <summary>Makes the events.</summary>
    [GlobalSetup]
    public void Make() => _rows = new RowPrinting(IpVersion);

    /// <summary>Prints a row to <c>/dev/null</c>.</summary>
    [Benchmark(OperationsPerInvoke = RowPrinting.EventCount)]
    public void Print() => _rows!.Print();

    /// <inheritdoc/>
    [GlobalCleanup]
    public void Dispose()
    {
        _rows?.Dispose();
        GC.SuppressFinalize(this);
    }
}
