using System.Buffers;

namespace BpfCore.Syscalls;

/// <summary>Owner of memory mapped with <c>mmap(2)</c>; unmaps it on disposal.</summary>
/// <remarks>
/// It has no finalizer: a span taken from it does not keep it alive, so unmapping behind the reader's back would
/// be worse than a mapping that lives until the process ends.
/// </remarks>
internal sealed unsafe class MappedMemory : MemoryManager<byte>
{
    private readonly SyscallGate _gate;
    private readonly int _length;
    private byte* _address;

    public MappedMemory(SyscallGate gate, byte* address, int length)
    {
        _gate = gate;
        _address = address;
        _length = length;
    }

    /// <summary>Length in bytes, as asked for.</summary>
    public int Length => _length;

    /// <summary>Address of the first byte.</summary>
    /// <exception cref="ObjectDisposedException">The memory was unmapped.</exception>
    public byte* Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address is null, this);
            return _address;
        }
    }

    // SAFETY: Address checks that the mapping lives; _length is the length it was made with. A span must not be
    // used after Dispose, which its borrower sees to (KernelBtf never disposes, PerfRing owns its mapping).
    public override Span<byte> GetSpan() => new(Address, _length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elementIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(elementIndex, _length);
        return new MemoryHandle(Address + elementIndex); // SAFETY: within the mapping; mapped memory never moves.
    }

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (_address is not null)
        {
            _gate.UnmapMemory(_address, (nuint)_length);
            _address = null;
        }
    }
}
