using System.Globalization;

namespace BpfCore.Kernel;

/// <summary>A set of CPU ids, as the kernel lists them: <c>0-3,7,9-11</c>. Ids may have gaps.</summary>
/// <remarks>
/// The count and the highest id are different things on machines with gaps: per-CPU map values have one slot for
/// every <em>possible</em> CPU in id order, while a perf event array is indexed by the id itself.
/// </remarks>
public sealed class CpuSet
{
    // NR_CPUS ends at 8192 on x86-64 today; the limit only keeps a damaged list from filling memory.
    private const int HighestId = 1 << 20;

    private readonly int[] _ids;

    private CpuSet(int[] ids)
    {
        _ids = ids;
    }

    /// <summary>The ids, ascending.</summary>
    public ReadOnlySpan<int> Ids => _ids;

    /// <summary>Number of CPUs.</summary>
    public int Count => _ids.Length;

    /// <summary>The highest id.</summary>
    public int Highest => _ids[^1];

    /// <summary>CPUs that run now (<c>/sys/devices/system/cpu/online</c>).</summary>
    /// <exception cref="KernelFeatureException">The list cannot be read.</exception>
    public static CpuSet Online() => Read(KernelFiles.Host, "sys/devices/system/cpu/online");

    /// <summary>CPUs that may ever run while this kernel does (<c>/sys/devices/system/cpu/possible</c>).</summary>
    /// <exception cref="KernelFeatureException">The list cannot be read.</exception>
    public static CpuSet Possible() => Read(KernelFiles.Host, "sys/devices/system/cpu/possible");

    /// <summary>Reads a list in the kernel's format (<c>%*pbl</c>): ranges and single ids between commas.</summary>
    /// <param name="text">The list; a newline may end it.</param>
    /// <exception cref="FormatException">The text is no such list, is empty, or does not ascend.</exception>
    public static CpuSet Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<int> ids = [];
        ReadOnlySpan<char> list = text.AsSpan().Trim();
        foreach (Range range in list.Split(','))
        {
            Add(ids, list[range], text);
        }

        return new CpuSet([.. ids]);
    }

    /// <summary>Whether the CPU is in the set.</summary>
    /// <param name="id">Id of the CPU.</param>
    public bool Contains(int id) => Array.BinarySearch(_ids, id) >= 0;

    /// <summary>The list in the kernel's format, without a newline.</summary>
    public override string ToString()
    {
        List<string> ranges = [];
        for (int first = 0, last; first < _ids.Length; first = last + 1)
        {
            last = first;
            while (last + 1 < _ids.Length && _ids[last + 1] == _ids[last] + 1)
            {
                last++;
            }

            ranges.Add(first == last ? $"{_ids[first]}" : $"{_ids[first]}-{_ids[last]}");
        }

        return string.Join(',', ranges);
    }

    internal static CpuSet Read(KernelFiles files, string path)
    {
        string text = files.Read(path);
        try
        {
            return Parse(text);
        }
        catch (FormatException e)
        {
            throw new KernelFeatureException(path, e.Message, e);
        }
    }

    private static void Add(List<int> ids, ReadOnlySpan<char> part, string text)
    {
        int dash = part.IndexOf('-');
        int first = ParseId(dash < 0 ? part : part[..dash], text);
        int last = dash < 0 ? first : ParseId(part[(dash + 1)..], text);
        if (last < first || (ids.Count > 0 && first <= ids[^1]))
        {
            throw Malformed(text);
        }

        for (int id = first; id <= last; id++)
        {
            ids.Add(id);
        }
    }

    private static int ParseId(ReadOnlySpan<char> digits, string text) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id <= HighestId
            ? id
            : throw Malformed(text);

    private static FormatException Malformed(string text) =>
        new($"expected a list of CPUs such as 0-3,7, found '{text.Trim()}'");
}
