using BpfCore.Diagnostics;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>Reads a map many elements at a time, one by one where the kernel has no batches for it.</summary>
/// <remarks>
/// The kernel hands out hash maps bucket by bucket, so unlike a walk over keys this one never starts again and gives
/// each element at most once, whatever others do to the map. Not for use by several threads at once.
/// </remarks>
internal sealed class MapBatchReader
{
    private readonly BpfMap _map;
    private readonly BpfCommand _command;
    private readonly byte[] _position;
    private byte[] _keys;
    private byte[] _values;
    private int _capacity;
    private bool _isStarted;
    private bool _isAtEnd;
    private MapElementReader? _single;

    public MapBatchReader(BpfMap map, BpfCommand command, int capacity)
    {
        _map = map;
        _command = command;
        _capacity = (int)Math.Min((uint)capacity, Math.Max(map.MaxEntries, 1));
        _position = new byte[Math.Max(map.KeySize, sizeof(uint))]; // a bucket's number, or a key
        (_keys, _values) = Buffers(_capacity);
    }

    /// <summary>The keys of the elements read last, one after the other.</summary>
    public ReadOnlySpan<byte> Keys => _keys;

    /// <summary>Their values, <see cref="BpfMap.ValueBufferSize"/> bytes each.</summary>
    public ReadOnlySpan<byte> Values => _values;

    /// <summary>Reads the next elements.</summary>
    /// <returns>How many; 0 at the end of the map.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public int Read()
    {
        while (!_isAtEnd && _single is null)
        {
            int count = ReadBatch();
            if (count > 0)
            {
                return count;
            }
        }

        return _single?.Read(_keys, _values, _capacity) ?? 0;
    }

    private int ReadBatch()
    {
        MapBatchRequest request = new()
        {
            Command = _command,
            Position = _isStarted ? _position : default,
            NextPosition = _position,
            Keys = _keys,
            Values = _values,
            Count = (uint)_capacity,
        };
        Errno error = _map.Calls.Bpf.MapBatch(_map.Handle, request, out uint count);
        switch (error)
        {
            case Errno.ENOENT:
                _isAtEnd = true;
                break;
            case Errno.ENOSPC when count == 0: // a bucket holds more elements than there is room for
                (_keys, _values) = Buffers(_capacity = checked(_capacity * 2));
                return 0;
            case Errno.EINVAL or Errno.ENOTSUPP when !_isStarted:
                ReadSingly(error);
                return 0;
            case not (Errno.None or Errno.ENOSPC):
                throw _map.Calls.Failure(_command.Call(), $"map {_map.Name}", error);
        }

        _isStarted = true;
        return (int)count;
    }

    private void ReadSingly(Errno error)
    {
        _single = new MapElementReader(_map, removes: _command == BpfCommand.MapLookupAndDeleteBatch);
        _map.Calls.Observer?.OnFallback(new FallbackTaken(
            $"map {_map.Name}", "read in batches", "read element by element", error.Symbol()));
    }

    private (byte[] Keys, byte[] Values) Buffers(int capacity) =>
        (new byte[checked(capacity * _map.KeySize)], new byte[checked(capacity * _map.ValueBufferSize)]);
}
