using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>A map in the kernel: the memory that BPF programs share with each other and with this process.</summary>
/// <remarks>
/// Keys and values are bytes, laid out as the programs see them; <see cref="BpfMap{TKey, TValue}"/> is a typed view.
/// The map is owned by the object that was loaded and lives until that is disposed; attached programs that use it keep
/// it alive in the kernel. All members may be used by several threads at once. Two instances may stand for one map of
/// the kernel, opened twice; <see cref="MapInfo.Id"/> tells.
/// </remarks>
public sealed partial class BpfMap : IDisposable
{
    private readonly SystemCalls _calls;
    private readonly MapShape _shape;

    internal BpfMap(SystemCalls calls, SafeFdHandle handle, in MapShape shape)
    {
        _calls = calls;
        _shape = shape;
        Handle = handle;
    }

    /// <summary>Name of the map in the BPF object.</summary>
    public string Name => _shape.Name;

    /// <summary>Type of the map.</summary>
    public MapType Type => _shape.Type;

    /// <summary>Size of a key in bytes; 0 for a map without keys, such as a queue.</summary>
    public int KeySize => _shape.KeySize;

    /// <summary>Size of a value in bytes; of a per-CPU map, of the value on one CPU.</summary>
    public int ValueSize => _shape.ValueSize;

    /// <summary>
    /// Size in bytes of the value of a whole element, as <see cref="TryLookup"/> and <see cref="Update"/> take it. It
    /// differs from <see cref="ValueSize"/> for a per-CPU map only.
    /// </summary>
    /// <remarks>
    /// An element of a per-CPU map has a slot for each possible CPU, in the order of their ids but without gaps: slot
    /// i belongs to the i-th id of <c>/sys/devices/system/cpu/possible</c>. A slot is <see cref="ValueSize"/> rounded
    /// up to a multiple of 8.
    /// </remarks>
    public int ValueBufferSize => _shape.ValueBufferSize;

    /// <summary>Highest number of entries the map was created with; the size in bytes for a ring buffer.</summary>
    public uint MaxEntries => _shape.MaxEntries;

    /// <summary>
    /// The keys in the map. Adding and deleting while enumerating, here or in a program, is allowed: see
    /// <see cref="MapKeyEnumerator"/>.
    /// </summary>
    public MapKeys Keys => new(this);

    /// <summary>The memory of a map of type <see cref="MapType.Arena"/>; null for all other types.</summary>
    public BpfArena? Arena { get; internal init; }

    internal SafeFdHandle Handle { get; }

    /// <summary>What a map of type <see cref="MapType.StructOps"/> gives to the kernel; null for others.</summary>
    internal StructOpsValue? StructOps { get; set; }

    internal SystemCalls Calls => _calls;

    internal MapShape Shape => _shape;

    /// <summary>Copies the value of an element.</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <param name="value">Receives the value, <see cref="ValueBufferSize"/> bytes.</param>
    /// <returns>False if the map has no such element; <paramref name="value"/> is then undefined.</returns>
    /// <exception cref="ArgumentException">A buffer has another size.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryLookup(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckKey(key.Length, nameof(key));
        CheckValue(value.Length, nameof(value));
        return _calls.Bpf.TryMapLookup(Handle, key, value, flags: 0, Subject);
    }

    /// <summary>Copies the value of an element and deletes it, in one step (for hash maps since Linux 5.14).</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes; empty for a queue or stack.</param>
    /// <param name="value">Receives the value, <see cref="ValueBufferSize"/> bytes.</param>
    /// <returns>False if the map has no such element; <paramref name="value"/> is then undefined.</returns>
    /// <exception cref="ArgumentException">A buffer has another size.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public bool TryLookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value)
    {
        CheckKey(key.Length, nameof(key));
        CheckValue(value.Length, nameof(value));
        return _calls.Bpf.TryMapLookupAndDelete(Handle, key, value, flags: 0, Subject);
    }

    /// <summary>Adds or replaces an element.</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes; empty for a queue or stack.</param>
    /// <param name="value">The value, <see cref="ValueBufferSize"/> bytes.</param>
    /// <param name="mode">Whether the element must, or must not, exist.</param>
    /// <exception cref="ArgumentException">A buffer has another size.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused: E2BIG when the map is full, EEXIST and ENOENT when <paramref name="mode"/> is not met, EPERM
    /// when the map is frozen.
    /// </exception>
    public void Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapUpdateMode mode = MapUpdateMode.Any)
    {
        ThrowIfFailed(BpfCommand.MapUpdate, UpdateElement(key, value, mode));
    }

    /// <summary>Adds or replaces an element if <paramref name="mode"/> is met.</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes; empty for a queue or stack.</param>
    /// <param name="value">The value, <see cref="ValueBufferSize"/> bytes.</param>
    /// <param name="mode">Whether the element must, or must not, exist.</param>
    /// <returns>
    /// False if the element exists (<see cref="MapUpdateMode.NoExist"/>), or does not
    /// (<see cref="MapUpdateMode.Exist"/>).
    /// </returns>
    /// <exception cref="ArgumentException">A buffer has another size.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused for another reason, such as a map that is full.
    /// </exception>
    public bool TryUpdate(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, MapUpdateMode mode)
    {
        Errno error = UpdateElement(key, value, mode);
        bool isUnmet = (mode, error) is (MapUpdateMode.NoExist, Errno.EEXIST) or (MapUpdateMode.Exist, Errno.ENOENT);
        ThrowIfFailed(BpfCommand.MapUpdate, isUnmet ? Errno.None : error);
        return !isUnmet;
    }

    /// <summary>Adds a value to a queue or stack; false if it is full.</summary>
    internal bool TryPush(ReadOnlySpan<byte> value, MapUpdateMode mode)
    {
        Errno error = UpdateElement([], value, mode);
        ThrowIfFailed(BpfCommand.MapUpdate, error == Errno.E2BIG ? Errno.None : error);
        return error == Errno.None;
    }

    /// <summary>Deletes an element.</summary>
    /// <param name="key">The key, <see cref="KeySize"/> bytes.</param>
    /// <returns>False if the map has no such element.</returns>
    /// <exception cref="ArgumentException">The key has another size.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused: EINVAL for an array, whose elements always exist.
    /// </exception>
    public bool TryDelete(ReadOnlySpan<byte> key)
    {
        CheckKey(key.Length, nameof(key));
        return _calls.Bpf.MapDelete(Handle, key, Subject);
    }

    /// <summary>Finds the key that follows another one in the map's own order (<c>BPF_MAP_GET_NEXT_KEY</c>).</summary>
    /// <param name="key">
    /// The key before, or an empty span for the first one. If a hash map no longer has it, the answer is the first key.
    /// </param>
    /// <param name="nextKey">Receives the key that follows, <see cref="KeySize"/> bytes.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="ArgumentException">A buffer has another size.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused: the type has no keys, or none that can be listed.
    /// </exception>
    public bool TryGetNextKey(ReadOnlySpan<byte> key, Span<byte> nextKey)
    {
        if (!key.IsEmpty)
        {
            CheckKey(key.Length, nameof(key));
        }

        CheckKey(nextKey.Length, nameof(nextKey));
        return _calls.Bpf.TryMapGetNextKey(Handle, key, nextKey, Subject);
    }

    /// <summary>
    /// Ends all writing from user space; programs may go on unless the map was created with <c>BPF_F_RDONLY_PROG</c>.
    /// </summary>
    /// <exception cref="SyscallException">
    /// The kernel refused: EPERM if it is frozen already, EBUSY while it is mapped writable.
    /// </exception>
    public void Freeze() => ThrowIfFailed(BpfCommand.MapFreeze, _calls.Bpf.MapFreeze(Handle));

    /// <summary>Closes this process's descriptor of the map.</summary>
    public void Dispose()
    {
        Arena?.Dispose();
        Handle.Dispose();
    }
}
