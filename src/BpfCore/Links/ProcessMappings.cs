using System.Globalization;
using BpfCore.Kernel;

namespace BpfCore.Links;

/// <summary>Where a process has code of a file in its memory (<c>/proc/PID/maps</c>).</summary>
internal sealed class ProcessMappings(KernelFiles files)
{
    // "7f0c6c028000-7f0c6c1bd000 r-xp 00028000 08:01 1835143    /usr/lib/libc.so.6"
    private const int Fields = 6;

    /// <summary>The mappings of this machine's processes.</summary>
    public static ProcessMappings Host { get; } = new(KernelFiles.Host);

    /// <summary>The addresses at which a process runs the instruction at an offset of a file.</summary>
    /// <param name="processId">The process.</param>
    /// <param name="path">The file.</param>
    /// <param name="offset">Offset of the instruction in the file.</param>
    /// <returns>Usually one; none where the process has not mapped the file.</returns>
    /// <exception cref="InvalidOperationException">There is no such process, or its memory may not be looked at.
    /// </exception>
    public List<ulong> FindAddresses(int processId, string path, ulong offset)
    {
        string maps = files.TryRead($"proc/{processId}/maps")
            ?? throw new InvalidOperationException(
                $"/proc/{processId}/maps cannot be read: no such process, or not ours");
        string name = NameInMemory(path);
        List<ulong> addresses = [];
        foreach (string line in maps.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split(' ', Fields, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == Fields && fields[1].Contains('x', StringComparison.Ordinal) && fields[^1] == name
                && AddressIn(fields[0], Number(fields[2]), offset) is ulong address)
            {
                addresses.Add(address);
            }
        }

        return addresses;
    }

    private static ulong? AddressIn(string range, ulong mappedOffset, ulong offset)
    {
        int dash = range.IndexOf('-', StringComparison.Ordinal);
        ulong start = Number(range[..dash]);
        ulong size = Number(range[(dash + 1)..]) - start;
        return offset >= mappedOffset && offset - mappedOffset < size ? start + (offset - mappedOffset) : null;
    }

    // The kernel shows the path without symbolic links: those of the file and of the directories on the way to it.
    private static string NameInMemory(string path)
    {
        string full = Path.GetFullPath(path);
        string name = "";
        foreach (string part in full.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            name = $"{name}/{part}";
            name = new FileInfo(name).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? name;
        }

        return name;
    }

    private static ulong Number(string text) =>
        ulong.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
