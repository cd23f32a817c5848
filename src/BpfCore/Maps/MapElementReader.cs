using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>Reads a map element by element, and takes them out of it on request.</summary>
internal sealed class MapElementReader(BpfMap map, bool removes)
{
    private readonly byte[] _key = new byte[map.KeySize];
    private bool _isStarted;
    private bool _isAtEnd;
    private bool _canTakeOut = true;
    private ulong _remaining = 2ul * map.MaxEntries; // see MapKeyEnumerator: a walk may start again

    /// <summary>Reads up to <paramref name="capacity"/> elements. Returns 0 at the end.</summary>
    public int Read(Span<byte> keys, Span<byte> values, int capacity)
    {
        int count = 0;
        while (count < capacity && MoveNext())
        {
            Span<byte> value = values.Slice(count * map.ValueBufferSize, map.ValueBufferSize);
            if (TryTake(value))
            {
                _key.CopyTo(keys[(count * map.KeySize)..]);
                count++;
            }
        }

        return count;
    }

    private bool MoveNext()
    {
        if (map.KeySize == 0)
        {
            return !_isAtEnd;
        }

        if (_remaining == 0)
        {
            return false;
        }

        _remaining--;
        ReadOnlySpan<byte> previous = _isStarted && !removes ? _key : []; // taking out, the first is always a new one
        _isStarted = true;
        return map.TryGetNextKey(previous, _key);
    }

    private bool TryTake(Span<byte> value)
    {
        if (!removes)
        {
            return map.TryLookup(_key, value);
        }

        if (map.KeySize == 0)
        {
            _isAtEnd = !map.TryLookupAndDelete([], value);
            return !_isAtEnd;
        }

        if (_canTakeOut && TryTakeOut(value, out bool found))
        {
            return found;
        }

        return map.TryLookup(_key, value) && map.TryDelete(_key);
    }

    // Hash maps can be taken from in one step since 5.14, tries not at all.
    private bool TryTakeOut(Span<byte> value, out bool found)
    {
        found = false;
        try
        {
            found = map.TryLookupAndDelete(_key, value);
        }
        catch (SyscallException e) when (e.ErrorNumber is (int)Errno.ENOTSUPP or (int)Errno.EINVAL)
        {
            _canTakeOut = false;
        }

        return _canTakeOut;
    }
}
