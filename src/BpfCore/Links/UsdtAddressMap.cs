using System.Runtime.InteropServices;
using BpfCore.Maps;
using BpfCore.Programs;

namespace BpfCore.Links;

/// <summary>
/// The map through which programs learn which probe they are at, where the kernel gives them no cookie (before 5.15):
/// <c>__bpf_usdt_ip_to_spec_id</c> of libbpf's <c>usdt.bpf.h</c>, from the address of the instruction to the
/// description in <see cref="UsdtSpecMap"/>.
/// </summary>
internal sealed class UsdtAddressMap(BpfMap map)
{
    private const string Name = "__bpf_usdt_ip_to_spec_id";

    /// <summary>The map of a program's object.</summary>
    /// <exception cref="KernelFeatureException">There is none: the kernel's cookies would be needed.</exception>
    public static UsdtAddressMap Of(BpfProgram program)
    {
        foreach (BpfMap map in program.ObjectMaps.Values)
        {
            // The kernel's name of it would be cut; an object has the one of its declaration.
            if (map.Name == Name && map.KeySize == sizeof(ulong) && map.ValueSize == sizeof(uint))
            {
                return new UsdtAddressMap(map);
            }
        }

        throw new KernelFeatureException(
            "cookies of probes",
            $"{program}: the kernel is older than 5.15, and the object has no map {Name} in their place; include "
            + "<bpf/usdt.bpf.h>");
    }

    /// <summary>Says which probe is at an address.</summary>
    /// <exception cref="SyscallException">The kernel refused; E2BIG when the map is full.</exception>
    public void Add(ulong address, uint spec) => map.Update(Bytes(in address), Bytes(in spec));

    /// <summary>Takes that back.</summary>
    public void Remove(ulong address) => map.TryDelete(Bytes(in address));

    private static ReadOnlySpan<byte> Bytes<T>(in T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value));
}
