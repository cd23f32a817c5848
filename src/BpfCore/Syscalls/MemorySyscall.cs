using System.Diagnostics.CodeAnalysis;

namespace BpfCore.Syscalls;

/// <summary><c>mmap(2)</c>.</summary>
internal sealed unsafe class MemorySyscall(SyscallGate gate, SyscallReporter reporter)
{
    /// <summary>The call's name in messages.</summary>
    public const string MapCall = "mmap";

    /// <summary>Maps the first <paramref name="length"/> bytes of a file or perf event.</summary>
    public bool TryMap(
        SafeFdHandle file,
        int length,
        MemoryProtection protection,
        MemorySharing sharing,
        [NotNullWhen(true)] out MappedMemory? memory,
        out Errno error) =>
        TryMapAt(file, offset: 0, length, protection, sharing, out memory, out error);

    /// <summary>Maps <paramref name="length"/> bytes of a file from an offset on, a multiple of the page
    /// size.</summary>
    public bool TryMapAt(
        SafeFdHandle file,
        long offset,
        int length,
        MemoryProtection protection,
        MemorySharing sharing,
        [NotNullWhen(true)] out MappedMemory? memory,
        out Errno error)
    {
        using FdLease lease = file.Lease();
        long result = gate.MapMemory((nuint)length, protection, sharing, lease.Value, offset);
        // An address of the upper half would look negative; user space never gets one, and errno ends at 4095.
        error = result is < 0 and >= -4095 ? result.ToErrno() : Errno.None;
        if (reporter.IsWatched)
        {
            string place = offset == 0 ? string.Empty : $" offset={offset}";
            string text = $"length={length} prot={protection} flags={sharing} fd={lease.Value}{place}";
            reporter.Returned(MapCall, text, result);
        }

        // SAFETY: on success the kernel gave a mapping of at least length bytes, which the new owner alone unmaps.
        memory = error == Errno.None ? new MappedMemory(gate, (byte*)result, length) : null;
        return memory is not null;
    }

    /// <summary>
    /// Maps a file, shared and writable, at a given address or, for 0, at one of the kernel's choice.
    /// </summary>
    public bool TryMapRegion(
        SafeFdHandle file,
        ulong address,
        ulong size,
        [NotNullWhen(true)] out MappedRegion? region,
        out Errno error)
    {
        using FdLease lease = file.Lease();
        long result = address == 0
            ? gate.MapMemory(
                (nuint)size, MemoryProtection.ReadWrite, MemorySharing.Shared, lease.Value, offset: 0)
            : gate.MapMemoryAt((void*)address, (nuint)size, lease.Value);
        error = result is < 0 and >= -4095 ? result.ToErrno() : Errno.None;
        if (reporter.IsWatched)
        {
            reporter.Returned(MapCall, $"addr=0x{address:x} length={size} fd={lease.Value}", result);
        }

        // SAFETY: on success the kernel gave a mapping of at least size bytes, which the new owner alone unmaps.
        region = error == Errno.None ? new MappedRegion(gate, (byte*)result, size) : null;
        return region is not null;
    }
}
