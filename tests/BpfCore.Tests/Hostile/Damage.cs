namespace BpfCore.Tests.Hostile;

/// <summary>One way to spoil an input: it is cut to a length, and one little-endian number in it is replaced.</summary>
/// <param name="Length">Bytes that are left.</param>
/// <param name="Offset">Place of the number.</param>
/// <param name="Width">Its size in bytes; 0 when nothing is replaced.</param>
/// <param name="Value">What it becomes.</param>
internal readonly record struct Damage(int Length, int Offset = 0, int Width = 0, ulong Value = 0)
{
    /// <summary>Every cut of an input, from nothing to one byte too few.</summary>
    public static IEnumerable<Damage> EveryCut(byte[] image) =>
        Enumerable.Range(0, image.Length).Select(length => new Damage(length));

    /// <summary>Several changes of every byte in a range: to 0 and 0xff, its ends flipped, one more.</summary>
    public static IEnumerable<Damage> EveryChange(byte[] image, ByteRange range)
    {
        for (int offset = range.Start; offset < range.End; offset++)
        {
            byte value = image[offset];
            byte[] values = [0, 0xFF, (byte)(value ^ 0x80), (byte)(value ^ 1), unchecked((byte)(value + 1))];
            foreach (byte changed in values.Distinct().Where(changed => changed != value))
            {
                yield return new Damage(image.Length, offset, sizeof(byte), changed);
            }
        }
    }

    /// <summary>Writes the change into a copy of the input and returns what is left of it.</summary>
    public ReadOnlyMemory<byte> ApplyTo(byte[] copy)
    {
        for (int index = 0; index < Width; index++)
        {
            copy[Offset + index] = unchecked((byte)(Value >> (8 * index)));
        }

        return copy.AsMemory(0, Length);
    }

    /// <summary>Takes the change back.</summary>
    public void Undo(byte[] copy, byte[] image) => image.AsSpan(Offset, Width).CopyTo(copy.AsSpan(Offset));
}
