using System.Buffers.Binary;
using System.Numerics;

namespace BpfCore.Btf;

/// <summary>
/// From a type name without its flavour to the ids of the types that bear it, in rising order. A chained hash table in
/// two arrays: names stay in the string section and are compared there.
/// </summary>
internal sealed class BtfNameIndex
{
    // Few heads, as they are reached at random while the index is built and look-ups are few: 64 kB for a kernel, in
    // which five names share a head.
    private const int TypesPerHead = 8;

    private readonly BtfFile _file;
    private readonly int[] _heads;
    private readonly int[] _next;

    public BtfNameIndex(BtfFile file)
    {
        _file = file;
        int count = file.Types.Count;
        int[] heads = new int[BitOperations.RoundUpToPowerOf2((uint)(count / TypesPerHead) + 1)];
        int[] next = GC.AllocateUninitializedArray<int>(count);
        _heads = heads;
        _next = next;

        // From the last type to the first, so that each chain runs in rising id order.
        ReadOnlySpan<byte> types = file.TypeSection;
        ReadOnlySpan<byte> names = file.StringSection;
        for (int index = count - 1; index >= 0; index--)
        {
            uint nameOffset = BinaryPrimitives.ReadUInt32LittleEndian(types[file.RecordOffset(index)..]);
            if (nameOffset != 0)
            {
                uint hash = nameOffset >= file.FirstString
                    ? BtfNameHash.At(names, (int)(nameOffset - file.FirstString))
                    : BtfNameHash.Of(BtfName.Essential(file.StringBytes(nameOffset)));
                ref int head = ref heads[hash & (uint)(heads.Length - 1)];
                next[index] = head;
                head = index + 1;
            }
        }
    }

    /// <summary>Ids of the file's own types whose name without flavour equals <paramref name="essential"/>.</summary>
    public Matches Find(ReadOnlySpan<byte> essential) => new(this, essential);

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
            _position = index._heads[BtfNameHash.Of(essential) & (uint)(index._heads.Length - 1)];
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
                ReadOnlySpan<byte> name = _index._file[Current].NameBytes;
                if (name.StartsWith(_essential) && BtfName.Essential(name).Length == _essential.Length)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
