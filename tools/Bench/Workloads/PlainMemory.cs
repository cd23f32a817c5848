using System.Buffers;
using System.Runtime.InteropServices;

namespace Bench.Workloads;

/// <summary>Memory outside of the heap, as the kernel's mappings are, for a ring that no kernel writes.</summary>
/// <param name="length">Length in bytes; it begins at a page.</param>
internal sealed unsafe class PlainMemory(int length) : MemoryManager<byte>
{
    private byte* _address = (byte*)NativeMemory.AlignedAlloc((nuint)length, (nuint)Environment.SystemPageSize);

    // SAFETY: the block is as long as the span, and lives until Dispose.
    public override Span<byte> GetSpan()
    {
        ObjectDisposedException.ThrowIf(_address is null, this);
        return new(_address, length);
    }

    public override MemoryHandle Pin(int elementIndex = 0) => new(_address + elementIndex); // SAFETY: it never moves.

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
    }
}
