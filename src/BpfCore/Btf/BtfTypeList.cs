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

        internal Enumerator(BtfFile file)
        {
            _file = file;
            _id = (uint)file.FirstId - 1;
        }

        /// <summary>The type at the current position.</summary>
        public readonly BtfType Current => _file[new BtfTypeId(_id)];

        /// <summary>Goes on to the next type; false at the end.</summary>
        public bool MoveNext() => ++_id < (uint)_file.TypeCount;
    }
}
