using BpfCore.Buffers;

namespace BpfCore.Tests.Buffers;

/// <summary>Counts what it is given, without keeping anything.</summary>
internal struct RecordCounter : IRecordHandler
{
    public int Samples { get; private set; }

    /// <summary>Bytes of data, without what perf rings pad it with.</summary>
    public long Bytes { get; private set; }

    public ulong Lost { get; private set; }

    public void OnSample(int source, ReadOnlySpan<byte> data)
    {
        Samples++;
        Bytes += data.Length & ~7;
    }

    public void OnLost(int source, ulong count) => Lost += count;
}
