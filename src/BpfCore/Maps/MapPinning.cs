using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>
/// Maps that are pinned by name (<c>LIBBPF_PIN_BY_NAME</c>): the first load creates and pins them, later ones use what
/// they find.
/// </summary>
/// <param name="calls">The kernel.</param>
/// <param name="root">Directory in a BPF file system that holds the names.</param>
internal sealed class MapPinning(SystemCalls calls, string root)
{
    /// <summary>The map, from its pin or newly made; the caller owns it.</summary>
    /// <exception cref="BpfMapMismatchException">The pin holds another map.</exception>
    /// <exception cref="KernelFeatureException">No BPF file system is mounted there.</exception>
    public BpfMap Open(MapSpec spec, Func<BpfMap> create)
    {
        if (spec.Pinning == 0)
        {
            return create();
        }

        string path = Path.Join(root, spec.Name);
        return TryReuse(spec, path) ?? CreatePinned(spec, path, create);
    }

    private BpfMap CreatePinned(MapSpec spec, string path, Func<BpfMap> create)
    {
        BpfMap map = create();
        try
        {
            Errno error = BpfPin.TryCreate(calls, map.Handle, path, $"map {spec.Name}");
            if (error == Errno.None)
            {
                return map;
            }

            // Somebody else may have made the same map in the meantime: theirs is the one.
            return error == Errno.EEXIST && TryReuse(spec, path) is { } theirs
                ? Replace(map, theirs)
                : throw calls.Failure(BpfCommand.ObjectPin.Call(), $"map {spec.Name}: pin {path}", error);
        }
        catch
        {
            map.Dispose();
            throw;
        }
    }

    private static BpfMap Replace(BpfMap ours, BpfMap theirs)
    {
        ours.Dispose();
        return theirs;
    }

    private BpfMap? TryReuse(MapSpec spec, string path)
    {
        if (!BpfPin.TryOpen(calls, path, $"map {spec.Name}", out SafeFdHandle? handle))
        {
            return null;
        }

        BpfMap map = BpfMap.Adopt(calls, handle, path, spec.Name);
        List<string> differences = MapDifferences.Of(map.GetInfo(), spec);
        if (differences.Count > 0)
        {
            map.Dispose();
            throw BpfMapMismatchException.Pinned(spec.Name, path, differences);
        }

        calls.Observer?.OnFallback(new FallbackTaken($"map {spec.Name}", "created", "used again", $"pinned at {path}"));
        return map;
    }
}
