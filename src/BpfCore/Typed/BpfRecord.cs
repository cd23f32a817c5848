using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace BpfCore.Typed;

/// <summary>Reads what programs send.</summary>
public static class BpfRecord
{
    /// <summary>Reads a structure from the start of a record. Nothing is allocated.</summary>
    /// <typeparam name="T">Mirror of the structure.</typeparam>
    /// <param name="record">The record; the kernel may pad it behind the structure.</param>
    /// <exception cref="InvalidDataException">
    /// The record is shorter than the structure; the message names both sizes.
    /// </exception>
    public static T Read<T>(ReadOnlySpan<byte> record)
        where T : unmanaged =>
        MemoryMarshal.TryRead(record, out T value) ? value : throw TooShort<T>(record.Length);

    private static InvalidDataException TooShort<T>(int length) =>
        new($"a record has {length} bytes, but {typeof(T).Name} has {Unsafe.SizeOf<T>()}");
}
