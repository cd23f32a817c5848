using BpfCore.Buffers;

namespace BpfCore.KernelTests.Buffers;

/// <summary>Counts samples, without keeping them.</summary>
internal struct SampleCounter : IRecordHandler
{
    public int Count { get; private set; }

    public void OnSample(int source, ReadOnlySpan<byte> data) => Count++;

    public readonly void OnLost(int source, ulong count)
    {
    }
}
