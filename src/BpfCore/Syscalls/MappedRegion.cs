namespace BpfCore.Syscalls;

/// <summary>Owner of memory mapped with <c>mmap(2)</c> that may be larger than a span; unmaps it on disposal.</summary>
/// <remarks>As <see cref="MappedMemory"/>, it has no finalizer.</remarks>
internal sealed unsafe class MappedRegion : IDisposable
{
    private readonly SyscallGate _gate;
    private byte* _address;

    public MappedRegion(SyscallGate gate, byte* address, ulong size)
    {
        _gate = gate;
        _address = address;
        Size = size;
    }

    /// <summary>Size in bytes.</summary>
    public ulong Size { get; }

    /// <summary>Address of the first byte in this process.</summary>
    /// <exception cref="ObjectDisposedException">The memory was unmapped.</exception>
    public ulong Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_address is null, this);
            return (ulong)_address;
        }
    }

    /// <summary>A part of the memory; not to be used after the region was disposed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part does not lie within the region.</exception>
    /// <exception cref="ObjectDisposedException">The memory was unmapped.</exception>
    public Span<byte> Slice(ulong offset, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)length, Size - offset);

        // SAFETY: the part was just shown to lie within the Size bytes that the kernel mapped at Address.
        return new Span<byte>((byte*)Address + offset, length);
    }

    public void Dispose()
    {
        if (_address is not null)
        {
            _gate.UnmapMemory(_address, (nuint)Size);
            _address = null;
        }
    }
}
