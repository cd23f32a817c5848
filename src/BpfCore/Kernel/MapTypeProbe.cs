using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Tries to create the smallest map of each type (after libbpf's <c>probe_map_create</c>).</summary>
internal sealed class MapTypeProbe(SystemCalls calls)
{
    // BPF_F_NO_PREALLOC, BPF_F_MMAPABLE
    private const uint NoPreallocation = 1;
    private const uint MemoryMappable = 1 << 10;
    private const uint Int32Type = 1; // of BtfSample

    /// <summary>Whether the kernel has such maps.</summary>
    public KernelFeatureState Run(MapType type)
    {
        using SafeFdHandle? inner = IsMapOfMaps(type) ? CreateArray() : null;
        using SafeFdHandle? types = IsLocalStorage(type) ? LoadTypes() : null;
        bool created = TryCreate(type, inner, types, out Errno error);
        return (created, error) switch
        {
            (true, _) => KernelFeatureState.Supported,

            // Type 1 is no structure of operations, which it gets to see only when there are such maps.
            (_, Errno.ENOTSUPP) when type == MapType.StructOps => KernelFeatureState.Supported,
            (_, Errno.EINVAL or Errno.E2BIG or Errno.EOPNOTSUPP or Errno.ENOTSUPP) => KernelFeatureState.Unsupported,
            _ => KernelFeatureState.Unknown,
        };
    }

    private static bool IsMapOfMaps(MapType type) => type is MapType.ArrayOfMaps or MapType.HashOfMaps;

    private static bool IsLocalStorage(MapType type) => type
        is MapType.SkStorage or MapType.InodeStorage or MapType.TaskStorage or MapType.CgroupStorage;

    private static (uint Key, uint Value, uint Entries, uint Flags) Smallest(MapType type) => type switch
    {
        MapType.StackTrace => (4, 8, 1, 0),
        MapType.LpmTrie => (8, 8, 1, NoPreallocation),
        MapType.CgroupStorageDeprecated or MapType.PerCpuCgroupStorageDeprecated => (16, 8, 0, 0),
        MapType.Queue or MapType.Stack or MapType.BloomFilter => (0, 4, 1, 0),
        MapType.RingBuffer or MapType.UserRingBuffer => (0, 0, (uint)Environment.SystemPageSize, 0),
        MapType.Arena => (0, 0, 1, MemoryMappable),
        _ when IsLocalStorage(type) => (4, 4, 0, NoPreallocation),
        _ => (4, 4, 1, 0),
    };

    private bool TryCreate(MapType type, SafeFdHandle? inner, SafeFdHandle? types, out Errno error)
    {
        (uint key, uint value, uint entries, uint flags) = Smallest(type);
        MapCreateRequest request = new()
        {
            Name = "probe",
            Type = (uint)type,
            KeySize = key,
            ValueSize = value,
            MaxEntries = entries,
            Flags = flags,
            InnerMap = inner,
            Btf = types,
            KeyTypeId = types is null ? 0 : Int32Type,
            ValueTypeId = types is null ? 0 : Int32Type,
            KernelValueTypeId = type == MapType.StructOps ? 1u : 0,
        };
        bool created = calls.Bpf.TryMapCreate(request, out SafeFdHandle? map, out error);
        map?.Dispose();
        return created;
    }

    private SafeFdHandle? CreateArray()
    {
        MapCreateRequest request = new()
        {
            Name = "probe",
            Type = (uint)MapType.Array,
            KeySize = 4,
            ValueSize = 4,
            MaxEntries = 1,
        };
        calls.Bpf.TryMapCreate(request, out SafeFdHandle? array, out _);
        return array;
    }

    private SafeFdHandle? LoadTypes()
    {
        calls.Bpf.TryBtfLoad(BtfSample.Integer(), log: default, out SafeFdHandle? types, out _);
        return types;
    }
}
