using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Maps;

/// <summary>Asks the kernel about maps.</summary>
internal static class MapInfoReader
{
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static MapInfo Read(SystemCalls calls, SafeFdHandle map, string subject)
    {
        bpf_map_info info = default;
        calls.Bpf.ObjectGetInfo(map, ref info, subject);
        return new MapInfo
        {
            Id = info.id,
            Name = info.name.ToString(),
            Type = (MapType)info.type,
            KeySize = info.key_size,
            ValueSize = info.value_size,
            MaxEntries = info.max_entries,
            Flags = info.map_flags,
            Extra = info.map_extra,
            BtfId = info.btf_id,
            KeyTypeId = info.btf_key_type_id,
            ValueTypeId = info.btf_value_type_id,
        };
    }
}
