using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Kernel;

/// <summary>
/// The types in the running kernel's image on disk, for kernels that have none below <c>/sys</c> (before 5.4): the
/// section <c>.BTF</c> of the uncompressed image, where distributions and kernel builds put it, in libbpf's order.
/// </summary>
internal static class KernelImageBtf
{
    private const string Section = ".BTF";

    /// <summary>Where the image of a kernel may lie, below the root.</summary>
    public static string[] Places(string release) =>
    [
        $"boot/vmlinux-{release}",
        $"lib/modules/{release}/vmlinux-{release}",
        $"lib/modules/{release}/build/vmlinux",
        $"usr/lib/modules/{release}/kernel/vmlinux",
        $"usr/lib/debug/boot/vmlinux-{release}",
        $"usr/lib/debug/boot/vmlinux-{release}.debug",
        $"usr/lib/debug/lib/modules/{release}/vmlinux",
    ];

    /// <summary>The types of the first image that can be read and has any; null when there is none.</summary>
    public static BtfFile? Find(KernelFiles files)
    {
        string release = (files.TryRead("proc/sys/kernel/osrelease") ?? string.Empty).Trim();
        foreach (string place in Places(release))
        {
            if (release.Length > 0 && files.Exists(place) && TryRead(files.PathOf(place)) is { } types)
            {
                return types;
            }
        }

        return null;
    }

    private static BtfFile? TryRead(string path)
    {
        try
        {
            using var image = ElfImage.Open(path);
            return image.FindSection(Section) is { } section ? BtfFile.Read(image.Read(section).Memory, path) : null;
        }
        catch (Exception e) when (e is BpfFormatException or IOException or UnauthorizedAccessException)
        {
            return null; // another place may have a better one
        }
    }
}
