using System.Runtime.InteropServices;

namespace BpfCore.Typed;

/// <summary>Reads and writes bitfields of structures, laid out as compilers for BPF do: the lowest bit first.</summary>
public static class BitField
{
    private const int BitsPerByte = 8;
    private const int LongestField = 64;

    /// <summary>Reads a bitfield.</summary>
    /// <typeparam name="T">The structure.</typeparam>
    /// <param name="owner">The structure.</param>
    /// <param name="bitOffset">Offset of its lowest bit, in bits.</param>
    /// <param name="bitCount">Number of its bits, 1 to 64.</param>
    /// <returns>The value, zero-extended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It does not lie in the structure.</exception>
    public static ulong Get<T>(ref readonly T owner, int bitOffset, int bitCount)
        where T : unmanaged
    {
        ReadOnlySpan<byte> bytes = Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in owner)), bitOffset, bitCount);
        UInt128 value = 0;
        for (int index = bytes.Length - 1; index >= 0; index--)
        {
            value = (value << BitsPerByte) | bytes[index];
        }

        return unchecked((ulong)((value >> (bitOffset % BitsPerByte)) & Mask(bitCount)));
    }

    /// <summary>Reads a bitfield with a sign.</summary>
    /// <returns>The value, sign-extended.</returns>
    /// <inheritdoc cref="Get"/>
    public static long GetSigned<T>(ref readonly T owner, int bitOffset, int bitCount)
        where T : unmanaged
    {
        int unused = LongestField - bitCount;
        return unchecked((long)(Get(in owner, bitOffset, bitCount) << unused)) >> unused;
    }

    /// <summary>Writes a bitfield and leaves the bits around it alone.</summary>
    /// <param name="owner">The structure.</param>
    /// <param name="bitOffset">Offset of its lowest bit, in bits.</param>
    /// <param name="bitCount">Number of its bits, 1 to 64.</param>
    /// <param name="value">The value; bits that do not fit are dropped, as in C.</param>
    /// <inheritdoc cref="Get"/>
    public static void Set<T>(ref T owner, int bitOffset, int bitCount, ulong value)
        where T : unmanaged
    {
        Span<byte> all = MemoryMarshal.AsBytes(new Span<T>(ref owner));
        int length = Bytes(all, bitOffset, bitCount).Length;
        UInt128 mask = Mask(bitCount) << (bitOffset % BitsPerByte);
        UInt128 bits = ((UInt128)value << (bitOffset % BitsPerByte)) & mask;
        foreach (ref byte part in all.Slice(bitOffset / BitsPerByte, length))
        {
            part = unchecked((byte)((part & ~(byte)mask) | (byte)bits));
            mask >>= BitsPerByte;
            bits >>= BitsPerByte;
        }
    }

    private static UInt128 Mask(int bitCount) => (UInt128.One << bitCount) - 1;

    private static ReadOnlySpan<byte> Bytes(ReadOnlySpan<byte> owner, int bitOffset, int bitCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bitOffset);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bitCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bitCount, LongestField);
        long end = ((long)bitOffset + bitCount + BitsPerByte - 1) / BitsPerByte;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(end, owner.Length, nameof(bitOffset));
        return owner[(bitOffset / BitsPerByte)..(int)end];
    }
}
