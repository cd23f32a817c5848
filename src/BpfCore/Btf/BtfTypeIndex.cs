using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace BpfCore.Btf;

/// <summary>
/// Where the types of a file are, and a hash of each one's name. A kernel has more than 100000 types, of which a load
/// looks at a few dozen: what is kept of each is what takes the least time to write.
/// </summary>
/// <remarks>
/// <code>
///  type      0   1   2   3  ...  15  16  17  ...
///  marks     |   .   .   .  ...   .   |   .  ...    4 bytes each: where every sixteenth record begins
///  hashes    h   h   h   h  ...   h   h   h  ...    2 bytes each: 0 for a type without a name
/// </code>
/// </remarks>
internal sealed class BtfTypeIndex
{
    private const int TypesPerMark = 16;

    private int[] _marks;
    private ushort[] _hashes;

    /// <param name="capacity">The types that there will probably be.</param>
    public BtfTypeIndex(int capacity)
    {
        _marks = GC.AllocateUninitializedArray<int>(MarksFor(capacity));
        _hashes = GC.AllocateUninitializedArray<ushort>(capacity);
    }

    /// <summary>Number of types.</summary>
    public int Count { get; private set; }

    /// <summary>Hashes of the names, by position.</summary>
    public ReadOnlySpan<ushort> Hashes => _hashes.AsSpan(0, Count);

    /// <summary>Where the record ends that begins at an offset; the scanner proved that it does.</summary>
    public static int Next(ReadOnlySpan<byte> types, int offset) =>
        offset + BtfNative.sizeof_btf_type + (int)new BtfInfo(
            BinaryPrimitives.ReadUInt32LittleEndian(types[(offset + BtfNative.btf_type_info)..])).TrailingSize;

    /// <summary>Adds the next type.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(int offset, ushort nameHash)
    {
        int position = Count;
        if (position == _hashes.Length)
        {
            Grow();
        }

        if (position % TypesPerMark == 0)
        {
            _marks[position / TypesPerMark] = offset;
        }

        _hashes[position] = nameHash;
        Count = position + 1;
    }

    /// <summary>Where the record of a type begins in the type section.</summary>
    /// <param name="types">The type section.</param>
    /// <param name="position">Position of the type, below <see cref="Count"/>.</param>
    public int OffsetOf(ReadOnlySpan<byte> types, int position)
    {
        int offset = _marks[position / TypesPerMark];
        for (int left = position % TypesPerMark; left > 0; left--)
        {
            offset = Next(types, offset);
        }

        return offset;
    }

    private void Grow()
    {
        int capacity = Count + (Count / 2) + TypesPerMark;
        Array.Resize(ref _marks, MarksFor(capacity));
        Array.Resize(ref _hashes, capacity);
    }

    private static int MarksFor(int capacity) => (capacity + TypesPerMark - 1) / TypesPerMark;
}
