using System.Buffers.Binary;
using BpfCore.Buffers;

namespace BpfCore.KernelTests.Buffers;

/// <summary>Keeps the numbers sent by <see cref="SampleProgram"/>.</summary>
internal readonly struct SampleCollector() : IRecordHandler
{
    public List<(int Cpu, ulong Value)> Samples { get; } = [];

    public List<ulong> Lost { get; } = [];

    public void OnSample(int source, ReadOnlySpan<byte> data) =>
        Samples.Add((source, BinaryPrimitives.ReadUInt64LittleEndian(data)));

    public void OnLost(int source, ulong count) => Lost.Add(count);
}
