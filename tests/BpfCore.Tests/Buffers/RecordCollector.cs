using BpfCore.Buffers;

namespace BpfCore.Tests.Buffers;

/// <summary>Keeps a copy of everything it is given; throws at one sample if told so.</summary>
internal struct RecordCollector() : IRecordHandler
{
    public List<byte[]> Samples { get; } = [];

    /// <summary>The CPU of each sample.</summary>
    public List<int> Cpus { get; } = [];

    public List<(int Cpu, ulong Count)> Lost { get; } = [];

    /// <summary>Index of the sample at which the handler throws.</summary>
    public int ThrowAt { get; set; } = -1;

    public readonly void OnSample(int source, ReadOnlySpan<byte> data)
    {
        Cpus.Add(source);
        Samples.Add(data.ToArray());
        if (Samples.Count - 1 == ThrowAt)
        {
            throw new InvalidOperationException("handler");
        }
    }

    public readonly void OnLost(int source, ulong count) => Lost.Add((source, count));
}
