namespace BpfCore.Btf;

/// <summary>
/// From a type name without its flavour to the ids of the types that bear it, in rising order. Look-ups are few, so
/// each runs over the hashes of all names; names are compared in the string section.
/// </summary>
internal readonly struct BtfNames(BtfFile file, BtfTypeIndex index)
{
    /// <summary>Ids of the file's own types whose name without flavour equals <paramref name="essential"/>.</summary>
    public Matches Find(ReadOnlySpan<byte> essential) => new(file, index.Hashes, essential);

    /// <summary>The ids found; a ref struct, so that searching allocates nothing.</summary>
    public ref struct Matches
    {
        private readonly BtfFile _file;
        private readonly ReadOnlySpan<ushort> _hashes;
        private readonly ReadOnlySpan<byte> _essential;
        private readonly ushort _hash;
        private int _position;

        internal Matches(BtfFile file, ReadOnlySpan<ushort> hashes, ReadOnlySpan<byte> essential)
        {
            _file = file;
            _hashes = essential.IsEmpty ? default : hashes;
            _essential = essential;
            _hash = BtfNameHash.Of(essential);
            Current = default;
        }

        public BtfTypeId Current { get; private set; }

        public readonly Matches GetEnumerator() => this;

        public bool MoveNext()
        {
            while (_hashes[_position..].IndexOf(_hash) is >= 0 and int distance)
            {
                _position += distance;
                Current = new BtfTypeId((uint)(_file.FirstId + _position));
                _position++;
                ReadOnlySpan<byte> name = _file[Current].NameBytes;
                if (name.StartsWith(_essential) && BtfName.Essential(name).Length == _essential.Length)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
