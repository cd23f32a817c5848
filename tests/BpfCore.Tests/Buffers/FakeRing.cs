using BpfCore.Buffers;

namespace BpfCore.Tests.Buffers;

/// <summary>A perf ring over an array, with both ends: the kernel's and the reader under test.</summary>
internal sealed class FakeRing : RingWriter
{
    public const int Cpu = 5;

    private const int ControlSize = 4096;

    public FakeRing(int dataSize = 4096, ulong start = 0)
        : this(GC.AllocateArray<byte>(ControlSize + dataSize, pinned: true), start)
    {
    }

    private FakeRing(byte[] memory, ulong start)
        : base(memory, ControlSize)
    {
        Head = start;
        Tail = start;
        Reader = new PerfRing(Cpu, memory, ControlSize, new byte[PerfRing.ScratchSize]);
    }

    public PerfRing Reader { get; }
}
