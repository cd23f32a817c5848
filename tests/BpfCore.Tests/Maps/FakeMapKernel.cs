using System.Runtime.CompilerServices;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using BpfCore.Tests.Syscalls;

namespace BpfCore.Tests.Maps;

/// <summary>
/// Keeps maps as the kernel does, copying as many bytes as a map's definition says, whatever the caller has.
/// </summary>
internal unsafe class FakeMapKernel : FakeGate
{
    public const int PossibleCpus = 3;

    private readonly Dictionary<int, FakeMap> _maps = [];

    /// <summary>Called before every BPF_MAP_GET_NEXT_KEY: what programs do to the map meanwhile.</summary>
    public Action<FakeMap>? BetweenKeys { get; set; }

    /// <summary>The attributes of every BPF_MAP_CREATE.</summary>
    public List<bpf_attr_map_create> Created { get; } = [];

    public FakeMap Map => _maps.Values.Single();

    public override long Bpf(BpfCommand command, void* attributes, uint size)
    {
        if (command == BpfCommand.MapCreate)
        {
            Created.Add(Unsafe.Read<bpf_attr_map_create>(attributes));
        }

        return base.Bpf(command, attributes, size);
    }

    protected override long Perform(BpfCommand command, void* attributes)
    {
        if (command == BpfCommand.MapCreate)
        {
            long fd = NewDescriptor();
            _maps.Add((int)fd, new FakeMap(Created[^1]));
            return fd;
        }

        return command is >= BpfCommand.MapLookup and <= BpfCommand.MapGetNextKey or BpfCommand.MapLookupAndDelete
            or BpfCommand.MapFreeze
            ? OnElement(command, *(bpf_attr_map_elem*)attributes)
            : base.Perform(command, attributes);
    }

    private long OnElement(BpfCommand command, bpf_attr_map_elem call)
    {
        FakeMap map = _maps[(int)call.map_fd];
        if (command == BpfCommand.MapFreeze)
        {
            map.IsFrozen = true;
            return 0;
        }

        byte[]? key = call.key == 0 ? null : new Span<byte>((void*)call.key, map.KeySize).ToArray();
        var value = new Span<byte>((void*)call.value, map.CopiedValueSize);
        return command switch
        {
            BpfCommand.MapUpdate => map.Update(key!, value, call.flags),
            BpfCommand.MapDelete => map.Delete(key!),
            BpfCommand.MapGetNextKey => NextKey(map, key, new Span<byte>((void*)call.next_key, map.KeySize)),
            _ => Lookup(command, map, key!, value),
        };
    }

    private static long Lookup(BpfCommand command, FakeMap map, byte[] key, Span<byte> value)
    {
        long result = map.Lookup(key, value);
        return result == 0 && command == BpfCommand.MapLookupAndDelete ? map.Delete(key) : result;
    }

    private long NextKey(FakeMap map, byte[]? key, Span<byte> next)
    {
        BetweenKeys?.Invoke(map);
        return map.NextKey(key, next);
    }

    /// <summary>A hash map with its entries in the order they were added.</summary>
    internal sealed class FakeMap(bpf_attr_map_create definition)
    {
        private readonly List<KeyValuePair<byte[], byte[]>> _entries = [];

        public int KeySize => (int)definition.key_size;

        public bool IsFrozen { get; set; }

        public List<byte[]> Keys => [.. _entries.Select(entry => entry.Key)];

        public int CopiedValueSize => (MapType)definition.map_type
            is MapType.PerCpuHash or MapType.PerCpuArray or MapType.LruPerCpuHash
            ? (int)(definition.value_size + 7) / 8 * 8 * PossibleCpus
            : (int)definition.value_size;

        public byte[] ValueOf(byte[] key) => _entries[IndexOf(key)].Value;

        public long Lookup(byte[] key, Span<byte> value)
        {
            int index = IndexOf(key);
            if (index < 0)
            {
                return -(long)Errno.ENOENT;
            }

            _entries[index].Value.CopyTo(value);
            return 0;
        }

        public long Update(byte[] key, ReadOnlySpan<byte> value, ulong flags)
        {
            int index = IndexOf(key);
            Errno error = (IsFrozen, flags, index >= 0) switch
            {
                (true, _, _) => Errno.EPERM,
                (_, 1, true) => Errno.EEXIST,
                (_, 2, false) => Errno.ENOENT,
                (_, _, false) when _entries.Count == definition.max_entries => Errno.E2BIG,
                _ => Errno.None,
            };
            if (error != Errno.None)
            {
                return -(long)error;
            }

            KeyValuePair<byte[], byte[]> entry = new(key, value.ToArray());
            _entries.RemoveAll(existing => existing.Key.AsSpan().SequenceEqual(key));
            _entries.Insert(index < 0 ? _entries.Count : index, entry);
            return 0;
        }

        public long Delete(byte[] key) =>
            _entries.RemoveAll(entry => entry.Key.AsSpan().SequenceEqual(key)) > 0 ? 0 : -(long)Errno.ENOENT;

        public long NextKey(byte[]? key, Span<byte> next)
        {
            int index = key is null ? 0 : IndexOf(key) + 1; // a key that is gone starts again: 0
            if (index == _entries.Count)
            {
                return -(long)Errno.ENOENT;
            }

            _entries[index].Key.CopyTo(next);
            return 0;
        }

        private int IndexOf(byte[] key) => _entries.FindIndex(entry => entry.Key.AsSpan().SequenceEqual(key));
    }
}
