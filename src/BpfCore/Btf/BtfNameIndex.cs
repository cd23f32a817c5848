using System.Buffers.Binary;
using System.Numerics;

namespace BpfCore.Btf;

/// <summary>
/// From a type name without its flavour to the ids of the types that bear it, in rising order. A chained hash table in
/// two arrays: names stay in the string section and are compared there.
/// </summary>
internal sealed class BtfNameIndex
{
    // 2^32 divided by the golden ratio, odd: the usual multiplier of multiplicative hashing.
    private const uint Seed = 0x9E37_79B1;

    private readonly BtfFile _file;
    private readonly int[] _heads;
    private readonly int[] _next;

    public BtfNameIndex(BtfFile file)
    {
        _file = file;
        int count = file.Types.Count;
        _heads = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(count, 1))];
        _next = new int[count];

        // From the last type to the first, so that each chain runs in rising id order.
        for (int index = count - 1; index >= 0; index--)
        {
            ReadOnlySpan<byte> name = file[new BtfTypeId((uint)(file.FirstId + index))].NameBytes;
            if (!name.IsEmpty)
            {
                ref int head = ref _heads[Bucket(BtfName.Essential(name))];
                _next[index] = head;
                head = index + 1;
            }
        }
    }

    /// <summary>Ids of the file's own types whose name without flavour equals <paramref name="essential"/>.</summary>
    public Matches Find(ReadOnlySpan<byte> essential) => new(this, essential);

    private static uint Hash(ReadOnlySpan<byte> name)
    {
        unchecked
        {
            uint hash = Seed ^ (uint)name.Length;
            while (name.Length >= sizeof(uint))
            {
                hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt32LittleEndian(name)) * Seed, 13);
                name = name[sizeof(uint)..];
            }

            foreach (byte character in name)
            {
                hash = (hash ^ character) * Seed;
            }

            return hash ^ (hash >> 15);
        }
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
