namespace BpfCore.Maps;

/// <summary>Some elements of a map, valid until the enumerator goes on.</summary>
public readonly ref struct MapBatch
{
    private readonly int _keySize;
    private readonly int _valueSize;

    internal MapBatch(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, int keySize, int valueSize, int count)
    {
        Keys = keys;
        Values = values;
        _keySize = keySize;
        _valueSize = valueSize;
        Count = count;
    }

    /// <summary>Number of elements, at least 1.</summary>
    public int Count { get; }

    /// <summary>All keys, one after the other.</summary>
    public ReadOnlySpan<byte> Keys { get; }

    /// <summary>All values, <see cref="BpfMap.ValueBufferSize"/> bytes each.</summary>
    public ReadOnlySpan<byte> Values { get; }

    /// <summary>The key of one element.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> Key(int index) => Keys.Slice(index * _keySize, _keySize);

    /// <summary>The value of one element.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> Value(int index) => Values.Slice(index * _valueSize, _valueSize);
}
