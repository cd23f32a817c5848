namespace BpfCore.Btf;

/// <summary>The elements of a type, decoded one by one as they are looked at. Enumerating allocates nothing.</summary>
/// <typeparam name="T">Kind of element.</typeparam>
public readonly struct BtfElementList<T>
    where T : struct, IBtfElement<T>
{
    private readonly BtfType _owner;

    internal BtfElementList(BtfType owner)
    {
        _owner = owner;
        Count = owner.ElementCount;
    }

    /// <summary>Number of elements.</summary>
    public int Count { get; }

    /// <summary>The element at a position.</summary>
    /// <param name="index">Position from 0.</param>
    public T this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
            return T.Decode(_owner, index);
        }
    }

    /// <summary>Enumerates the elements in declaration order.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>Walks over the elements.</summary>
    public struct Enumerator
    {
        private readonly BtfElementList<T> _list;
        private int _index;

        internal Enumerator(BtfElementList<T> list)
        {
            _list = list;
            _index = -1;
        }

        /// <summary>The element at the current position.</summary>
        public readonly T Current => T.Decode(_list._owner, _index);

        /// <summary>Goes on to the next element; false at the end.</summary>
        public bool MoveNext() => ++_index < _list.Count;
    }
}
