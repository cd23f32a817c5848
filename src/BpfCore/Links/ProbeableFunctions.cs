using System.Globalization;
using BpfCore.Kernel;

namespace BpfCore.Links;

/// <summary>Kernel functions for <c>kprobe.multi</c>, by name or by address.</summary>
/// <param name="Names">Names; empty where addresses are known.</param>
/// <param name="Addresses">Addresses; empty where only names are known.</param>
internal sealed record ProbeableFunctions(string[] Names, ulong[] Addresses)
{
    private const string WithAddresses = "available_filter_functions_addrs"; // 6.5
    private const string NamesOnly = "available_filter_functions";

    /// <summary>The functions that can be probed and whose names match.</summary>
    /// <remarks>
    /// Addresses are better, as several functions may have one name. Where the kernel tells none, a name that occurs
    /// more than once is left out: the kernel would refuse all, or pick one of them.
    /// </remarks>
    /// <exception cref="KernelFeatureException">tracefs is not mounted, or its list may not be read.</exception>
    /// <exception cref="InvalidOperationException">No function matches.</exception>
    public static ProbeableFunctions Find(string pattern)
    {
        Tracefs tracefs = Tracefs.Find()
            ?? throw new KernelFeatureException("names of kernel functions", Tracefs.NotMounted);
        string folder = tracefs.MountPoint;
        ProbeableFunctions found = TryFindAddresses(folder, pattern) ?? FindNames(folder, pattern);
        return found.Names.Length + found.Addresses.Length > 0
            ? found
            : throw new InvalidOperationException($"no kernel function that can be probed matches {pattern}");
    }

    private static ProbeableFunctions? TryFindAddresses(string mountPoint, string pattern)
    {
        SortedSet<ulong> addresses = [];
        if (TryReadLines(Path.Join(mountPoint, WithAddresses)) is not string[] lines)
        {
            return null;
        }

        foreach (string line in lines)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0
                && Matches(line.AsSpan(space + 1), pattern)
                && TryReadAddress(line.AsSpan(0, space), out ulong address)
                && address != 0)
            {
                addresses.Add(address);
            }
        }

        return addresses.Count > 0 ? new ProbeableFunctions([], [.. addresses]) : null;
    }

    private static bool TryReadAddress(ReadOnlySpan<char> text, out ulong address) =>
        ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address);

    private static ProbeableFunctions FindNames(string mountPoint, string pattern)
    {
        string path = Path.Join(mountPoint, NamesOnly);
        string[] lines = TryReadLines(path) ?? throw new KernelFeatureException(
            "names of kernel functions",
            $"{path} is missing or may not be read; the kernel needs CONFIG_DYNAMIC_FTRACE");
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (string line in lines)
        {
            if (Matches(line, pattern))
            {
                string name = NameOf(line).ToString();
                counts[name] = counts.GetValueOrDefault(name) + 1;
            }
        }

        List<string> unique = [];
        foreach ((string name, int count) in counts)
        {
            if (count == 1)
            {
                unique.Add(name);
            }
        }

        return new ProbeableFunctions([.. unique], []);
    }

    // A function of a module has the module's name behind it: "nf_hook [nf]".
    private static ReadOnlySpan<char> NameOf(ReadOnlySpan<char> line)
    {
        int space = line.IndexOf(' ');
        return space < 0 ? line : line[..space];
    }

    private static bool Matches(ReadOnlySpan<char> line, string pattern) =>
        GlobPattern.Matches(NameOf(line), pattern)
        && !line.StartsWith("__ftrace_invalid_address__", StringComparison.Ordinal);

    private static string[]? TryReadLines(string path)
    {
        try
        {
            return File.Exists(path) ? File.ReadAllLines(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
