namespace BpfCore.Btf;

/// <summary>The types that a <see cref="BtfFile"/> itself holds, in id order. Enumerating allocates nothing.</summary>
public readonly struct BtfTypeList
{
    private readonly BtfFile _file;

    internal BtfTypeList(BtfFile file)
    {
        _file = file;
    }

    /// <summary>Number of types.</summary>
    public int Count => _file.TypeCount - _file.FirstId;

    /// <summary>Enumerates the types.</summary>
    public Enumerator GetEnumerator() => new(_file);

    /// <summary>Walks over the types in id order.</summary>
    public struct Enumerator
    {
        private readonly BtfFile _file;
        private uint _id;
        private int _offset;

        internal Enumerator(BtfFile file)
        {
            _file = file;
            _id = (uint)file.FirstId - 1;
        }

        /// <summary>The type at the current position.</summary>
        public readonly BtfType Current => new(_file, new BtfTypeId(_id), _offset);

        /// <summary>Goes on to the next type; false at the end.</summary>
        public bool MoveNext()
        {
            // Each record begins where the one before it ends, which needs no look-up.
            _offset = _id < (uint)_file.FirstId ? 0 : BtfTypeIndex.Next(_file.TypeSection, _offset);
            return ++_id < (uint)_file.TypeCount;
        }
    }
}
