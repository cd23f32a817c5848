using System.Diagnostics.CodeAnalysis;
using BpfCore.Kernel;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

public sealed partial class BpfMap
{
    /// <summary>What the kernel tells about the map.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public MapInfo GetInfo() => MapInfoReader.Read(_calls, Handle, Subject);

    /// <summary>Creates a map that belongs to no object.</summary>
    /// <param name="spec">The map, made with <see cref="MapSpec(string, MapType)"/>.</param>
    /// <returns>The map; the caller owns it.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    /// <exception cref="BpfMapMismatchException">Another map is pinned by this name.</exception>
    public static BpfMap Create(MapSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        SystemCalls calls = RunningKernel();
        return new MapPinning(calls, BpfFileSystem.UsualPlace).Open(
            spec, () => new MapFactory(calls).Create(spec, btf: null));
    }

    /// <summary>Opens a map by its number (<c>BPF_MAP_GET_FD_BY_ID</c>). Needs CAP_SYS_ADMIN.</summary>
    /// <param name="id">The number, as <see cref="MapInfo.Id"/>, a map of maps or <see cref="Ids"/> give it.</param>
    /// <returns>The map; the caller owns it.</returns>
    /// <exception cref="SyscallException">The kernel refused: ENOENT when there is no such map any more.</exception>
    public static BpfMap Open(uint id) => Open(RunningKernel(), id);

    /// <summary>The numbers of all maps in the kernel, in rising order. Needs CAP_SYS_ADMIN.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static IEnumerable<uint> Ids()
    {
        SystemCalls calls = RunningKernel();
        for (uint id = 0; calls.Bpf.TryGetNextId(BpfCommand.MapGetNextId, id, out id);)
        {
            yield return id;
        }
    }

    /// <summary>Opens a pinned map (<c>BPF_OBJ_GET</c>).</summary>
    /// <param name="path">Its path in a BPF file system.</param>
    /// <returns>The map; the caller owns it.</returns>
    /// <exception cref="FileNotFoundException">Nothing is pinned there.</exception>
    /// <exception cref="ArgumentException">What is pinned there is no map.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfMap OpenPinned(string path) => TryOpenPinned(path, out BpfMap? map)
        ? map
        : throw new FileNotFoundException($"no map is pinned at {path}", path);

    /// <summary>As <see cref="OpenPinned"/>, for a path that may be free.</summary>
    /// <param name="path">The path in a BPF file system.</param>
    /// <param name="map">The map; the caller owns it.</param>
    /// <returns>False if nothing is pinned there.</returns>
    /// <exception cref="ArgumentException">What is pinned there is no map.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static bool TryOpenPinned(string path, [NotNullWhen(true)] out BpfMap? map)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SystemCalls calls = RunningKernel();
        map = BpfPin.TryOpen(calls, path, "map", out SafeFdHandle? handle) ? Adopt(calls, handle, path) : null;
        return map is not null;
    }

    /// <summary>
    /// Gives the map a name in a BPF file system, where it outlives this process (<c>BPF_OBJ_PIN</c>).
    /// </summary>
    /// <param name="path">
    /// A free path, for example <c>/sys/fs/bpf/counts</c>; missing directories are made. Dots are not allowed.
    /// </param>
    /// <exception cref="KernelFeatureException">
    /// The path is in no BPF file system; the message says how to mount one.
    /// </exception>
    /// <exception cref="SyscallException">The kernel refused: EEXIST when the path is taken.</exception>
    public void Pin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        BpfPin.Create(_calls, Handle, path, Subject);
    }

    /// <summary>Removes a name that <see cref="Pin"/> gave. The map lives on while anything holds it.</summary>
    /// <param name="path">The path.</param>
    /// <returns>False if nothing is pinned there.</returns>
    /// <exception cref="IOException">The path cannot be removed.</exception>
    public static bool Unpin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return BpfPin.Remove(path);
    }

    internal static BpfMap Open(SystemCalls calls, uint id) =>
        calls.Bpf.TryGetFdById(BpfCommand.MapGetFdById, id, out SafeFdHandle? handle, out Errno error)
            ? Adopt(calls, handle, $"id {id}")
            : throw calls.Failure(BpfCommand.MapGetFdById.Call(), $"map with id {id}", error);

    private static SystemCalls RunningKernel() =>
        new(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For);

    // A descriptor of a program or link would do for BPF_OBJ_GET_INFO_BY_FD too, so the kind is asked for first.
    internal static BpfMap Adopt(SystemCalls calls, SafeFdHandle handle, string origin, string? name = null)
    {
        try
        {
            if (DescriptorKind.Of(handle) != DescriptorKind.Map)
            {
                throw new ArgumentException($"{origin} is no map but {DescriptorKind.Of(handle)}");
            }

            MapInfo info = MapInfoReader.Read(calls, handle, $"map {origin}");
            int slots = MapShape.IsPerCpu(info.Type) ? CpuSet.Possible().Count : 1;
            return new BpfMap(calls, handle, new MapShape(
                name ?? info.Name, info.Type, (int)info.KeySize, (int)info.ValueSize, info.MaxEntries, slots));
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
