using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>
/// Creates the maps of an object in the kernel: with their types where it takes them, filled and frozen.
/// </summary>
/// <param name="calls">The kernel.</param>
/// <param name="possibleCpus">CPUs that the kernel makes room for; null asks it when a map needs to know.</param>
internal sealed class MapFactory(SystemCalls calls, CpuSet? possibleCpus = null)
{
    private const uint MemoryMappable = 1 << 10; // BPF_F_MMAPABLE, include/uapi/linux/bpf.h

    private CpuSet? _possibleCpus = possibleCpus;
    private bool _isMemoryLockRaised;

    private CpuSet PossibleCpus => _possibleCpus ??= CpuSet.Possible();

    /// <summary>Creates a map, with its initial content.</summary>
    /// <param name="spec">The map.</param>
    /// <param name="btf">The object's BTF as the kernel holds it, or null.</param>
    /// <param name="operations">What the kernel has for a map of type struct_ops; null for all other types.</param>
    /// <returns>The map; the caller owns it.</returns>
    /// <exception cref="SyscallException">The kernel refused the map, its content or the freeze.</exception>
    public BpfMap Create(MapSpec spec, SafeFdHandle? btf, StructOpsValueType? operations = null)
    {
        uint maxEntries = MapEntries.For(spec.Type, spec.MaxEntries, () => PossibleCpus);
        uint valueSize = operations?.Size ?? spec.ValueSize;
        SafeFdHandle handle = Open(spec, maxEntries, valueSize, btf, operations);
        try
        {
            BpfMap map = new(calls, handle, Shape(spec, maxEntries, valueSize))
            {
                Arena = spec.Type == MapType.Arena ? MapArena(handle, spec) : null,
            };
            Report(spec, maxEntries, handle);
            Fill(map, spec);
            return map;
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static void Fill(BpfMap map, MapSpec spec)
    {
        if (map.Arena is null && spec.Contents is Memory<byte> contents)
        {
            map.Update(BitConverter.GetBytes(0), contents.Span); // a data section is an array of one element
        }

        if (spec.IsFrozen)
        {
            map.Freeze();
        }
    }

    // Kernels that bound the offsets in 64-bit loads reach only the beginning of a large arena (libbpf's choice).
    private BpfArena MapArena(SafeFdHandle handle, MapSpec spec) => BpfArena.Map(
        calls, handle, spec,
        new KernelFeatures(calls).Lacks(KernelFeature.UnboundedValueOffset) ? 0 : spec.ContentsOffset);

    private MapShape Shape(MapSpec spec, uint maxEntries, uint valueSize) => new(
        spec.Name,
        spec.Type,
        checked((int)spec.KeySize),
        checked((int)valueSize),
        maxEntries,
        MapShape.IsPerCpu(spec.Type) ? PossibleCpus.Count : 1);

    private SafeFdHandle Open(
        MapSpec spec, uint maxEntries, uint valueSize, SafeFdHandle? btf, StructOpsValueType? operations)
    {
        using BpfMap? inner = spec.Inner is { } template ? Create(template, btf) : null;
        SafeFdHandle? types = TakesTypes(spec) ? btf : null;
        (string name, uint flags) = (spec.KernelName, spec.Flags);
        while (true)
        {
            MapCreateRequest request = Request(spec, maxEntries, types) with
            {
                Name = name,
                Flags = flags,
                ValueSize = valueSize,
                InnerMap = inner?.Handle,
                Btf = operations is null ? types : btf,
                KernelValueTypeId = operations?.TypeId ?? 0,
                KernelValueModule = operations?.Module,
            };
            if (calls.Bpf.TryMapCreate(request, out SafeFdHandle? handle, out Errno error))
            {
                return handle;
            }

            if (error == Errno.EPERM && !_isMemoryLockRaised)
            {
                _isMemoryLockRaised = true; // EPERM may be the limit of locked memory, before Linux 5.11
                MemoryLock.RaiseWhereNeeded(calls, new KernelFeatures(calls));
                continue;
            }

            if (TryReduce(spec, error, ref name, ref flags))
            {
                continue;
            }

            if (types is null)
            {
                throw calls.Failure(BpfCommand.MapCreate.Call(), $"map {spec.Name}", error);
            }

            types = null;
            Report(spec, "created with the types of key and value", "created without them", error);
        }
    }

    // For kernels without names (before 4.15) and without global data that can be mapped (before 5.5).
    private bool TryReduce(MapSpec spec, Errno error, ref string name, ref uint flags)
    {
        KernelFeatures features = new(calls);
        if (error == Errno.E2BIG && name.Length > 0 && features.Lacks(KernelFeature.ObjectNames))
        {
            name = string.Empty;
            Report(spec, "created with its name", "created without it", error);
            return true;
        }

        bool isMappedData = spec.Contents is not null && spec.Type == MapType.Array && (flags & MemoryMappable) != 0;
        if (error == Errno.EINVAL && isMappedData && features.Lacks(KernelFeature.MappableArrays))
        {
            flags &= ~MemoryMappable;
            Report(spec, "memory shared with programs", "elements that are read and written", error);
            return true;
        }

        return false;
    }

    private void Report(MapSpec spec, string from, string to, Errno reason) =>
        calls.Observer?.OnFallback(new FallbackTaken($"map {spec.Name}", from, to, reason.Symbol()));

    private static MapCreateRequest Request(MapSpec spec, uint maxEntries, SafeFdHandle? types) => new()
    {
        Name = spec.KernelName,
        Type = (uint)spec.Type,
        KeySize = spec.KeySize,
        ValueSize = spec.ValueSize,
        MaxEntries = maxEntries,
        Flags = spec.Flags,
        NumaNode = spec.NumaNode,
        Btf = types,
        KeyTypeId = types is null ? 0 : spec.KeyTypeId.Value,
        ValueTypeId = types is null ? 0 : spec.ValueTypeId.Value,
        Extra = spec.Extra,
    };

    // The kernel wants a value type at least, and refuses any for maps whose values are not data of the program
    // (map_check_no_btf, kernel/bpf/syscall.c).
    private static bool TakesTypes(MapSpec spec) => !spec.ValueTypeId.IsVoid && spec.Type
        is not (MapType.ProgramArray or MapType.PerfEventArray or MapType.CgroupArray or MapType.StackTrace
            or MapType.ArrayOfMaps or MapType.HashOfMaps or MapType.DevMap or MapType.DevMapHash or MapType.CpuMap
            or MapType.XskMap or MapType.SockMap or MapType.SockHash or MapType.Queue or MapType.Stack
            or MapType.Arena or MapType.StructOps);

    private void Report(MapSpec spec, uint maxEntries, SafeFdHandle handle)
    {
        if (calls.Observer is BpfObserver observer)
        {
            using FdLease lease = handle.Lease();
            observer.OnMapCreated(new MapCreated(
                spec.Name, spec.Type.ToString(), spec.KeySize, spec.ValueSize, maxEntries, spec.Flags, lease.Value));
        }
    }
}
