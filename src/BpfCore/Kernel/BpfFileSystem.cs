namespace BpfCore.Kernel;

/// <summary>The mounted BPF file system, in which maps, programs and links are pinned.</summary>
public sealed class BpfFileSystem
{
    /// <summary>Where it is usually mounted, and where libbpf pins maps by name.</summary>
    public const string UsualPlace = "/sys/fs/bpf";

    private const string TypeName = "bpf"; // as in /proc/filesystems

    private BpfFileSystem(string mountPoint)
    {
        MountPoint = mountPoint;
    }

    /// <summary>Where it is mounted.</summary>
    public string MountPoint { get; }

    /// <summary>
    /// The BPF file system that this process can use: the one in the usual place, else the first; null when none is
    /// mounted.
    /// </summary>
    public static BpfFileSystem? Find() => Find(KernelFiles.Host);

    internal static BpfFileSystem? Find(KernelFiles files)
    {
        List<string> mounted = MountPoints(files);
        string? place = mounted.Contains(UsualPlace) ? UsualPlace : mounted.FirstOrDefault();
        return place is null ? null : new BpfFileSystem(place);
    }

    /// <summary>What to do about a path that is in no BPF file system; null for one that is in one.</summary>
    internal static string? AdviceFor(KernelFiles files, string path)
    {
        string full = Path.GetFullPath(path);
        List<string> mounted = MountPoints(files);
        if (mounted.Exists(point => full == point || full.StartsWith(point + '/', StringComparison.Ordinal)))
        {
            return null;
        }

        return mounted.Count == 0
            ? $"no BPF file system is mounted; mount one with: mount -t bpf bpf {UsualPlace}"
            : $"the path is in no BPF file system; one is mounted at {mounted[0]}";
    }

    private static List<string> MountPoints(KernelFiles files) =>
        MountTable.Find(files.TryRead("proc/self/mountinfo") ?? string.Empty, TypeName);
}
