using System.Buffers.Binary;
using System.Numerics;

namespace BpfCore.Btf;

/// <summary>
/// From a type name without its flavour to the ids of the types that bear it, in rising order. A chained hash table in
/// two arrays: names stay in the string section and are compared there.
/// </summary>
internal sealed class BtfNameIndex
{
    // 2^64 divided by the golden ratio, odd: the usual multiplier of multiplicative hashing.
    private const ulong Multiplier = 0x9E37_79B9_7F4A_7C15;

    // Fewer heads than types leave more of them in the processor's cache; a third of a kernel's types has no name.
    private const int TypesPerHead = 2;

    private readonly BtfFile _file;
    private readonly int[] _heads;
    private readonly int[] _next;

    public BtfNameIndex(BtfFile file)
    {
        _file = file;
        int count = file.Types.Count;
        _heads = new int[BitOperations.RoundUpToPowerOf2((uint)(count / TypesPerHead) + 1)];
        _next = GC.AllocateUninitializedArray<int>(count);

        // From the last type to the first, so that each chain runs in rising id order.
        ReadOnlySpan<byte> types = file.TypeSection;
        ReadOnlySpan<byte> names = file.StringSection;
        for (int index = count - 1; index >= 0; index--)
        {
            uint nameOffset = BinaryPrimitives.ReadUInt32LittleEndian(types[file.RecordOffset(index)..]);
            ReadOnlySpan<byte> name = nameOffset >= file.FirstString
                ? BtfName.EssentialAt(names[(int)(nameOffset - file.FirstString)..])
                : BtfName.Essential(file.StringBytes(nameOffset));
            if (!name.IsEmpty)
            {
                ref int head = ref _heads[Bucket(name)];
                _next[index] = head;
                head = index + 1;
            }
        }
    }

    /// <summary>Ids of the file's own types whose name without flavour equals <paramref name="essential"/>.</summary>
    public Matches Find(ReadOnlySpan<byte> essential) => new(this, essential);

    // Eight bytes at a time; the last eight may overlap those before.
    private static uint Hash(ReadOnlySpan<byte> name)
    {
        unchecked
        {
            ulong hash = (ulong)name.Length;
            ReadOnlySpan<byte> rest = name;
            while (rest.Length > sizeof(ulong))
            {
                hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest));
                rest = rest[sizeof(ulong)..];
            }

            hash = Mix(hash, name.Length >= sizeof(ulong)
                ? BinaryPrimitives.ReadUInt64LittleEndian(name[^sizeof(ulong)..])
                : ReadShort(name));
            return (uint)(hash >> 32);
        }
    }

    private static ulong Mix(ulong hash, ulong word) => unchecked(BitOperations.RotateLeft(hash ^ word, 29) * Multiplier);

    private static ulong ReadShort(ReadOnlySpan<byte> bytes)
    {
        ulong word = 0;
        foreach (byte character in bytes)
        {
            word = (word << 8) | character;
        }

        return word;
    }

    private uint Bucket(ReadOnlySpan<byte> essential) => Hash(essential) & (uint)(_heads.Length - 1);

    /// <summary>The ids found; a ref struct, so that searching allocates nothing.</summary>
    public ref struct Matches
    {
        private readonly BtfNameIndex _index;
        private readonly ReadOnlySpan<byte> _essential;
        private int _position;

        internal Matches(BtfNameIndex index, ReadOnlySpan<byte> essential)
        {
            _index = index;
            _essential = essential;
            _position = index._heads[index.Bucket(essential)];
            Current = default;
        }

        public BtfTypeId Current { get; private set; }

        public readonly Matches GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_position != 0)
            {
                int index = _position - 1;
                _position = _index._next[index];
                Current = new BtfTypeId((uint)(_index._file.FirstId + index));
                if (BtfName.Essential(_index._file[Current].NameBytes).SequenceEqual(_essential))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
