using System.Globalization;

namespace BpfCore.Kernel;

/// <summary>
/// What tells a process from every other one since boot: ids are used again, ids with their start times are not, and
/// both mean something only within one pid namespace.
/// </summary>
/// <param name="Namespace">Inode of the pid namespace.</param>
/// <param name="Id">Process id.</param>
/// <param name="StartTicks">Start after boot in clock ticks (field 22 of <c>/proc/PID/stat</c>).</param>
internal readonly record struct ProcessIdentity(ulong Namespace, int Id, ulong StartTicks)
{
    // Fields of /proc/PID/stat counted from the state, the first one after the command.
    private const int StartTicksField = 19;

    /// <summary>This process.</summary>
    /// <exception cref="KernelFeatureException"><c>/proc</c> does not tell.</exception>
    public static ProcessIdentity Current(KernelFiles files)
    {
        string stat = files.Read("proc/self/stat");
        if (!TryParseStat(stat, out char _, out ulong startTicks)
            || !int.TryParse(stat.AsSpan()[..stat.IndexOf(' ', StringComparison.Ordinal)], out int id))
        {
            throw new KernelFeatureException("/proc/self/stat", $"unexpected text '{stat.Trim()}'");
        }

        return new ProcessIdentity(ReadNamespace(files), id, startTicks);
    }

    /// <summary>Whether the process still runs. One that was killed but not yet waited for does not.</summary>
    public bool IsAlive(KernelFiles files) =>
        files.TryRead($"proc/{Id}/stat") is string stat
        && TryParseStat(stat, out char state, out ulong startTicks)
        && startTicks == StartTicks
        && state is not ('Z' or 'X');

    /// <summary>Reads <c>/proc/PID/stat</c>; the command in it may hold spaces and parentheses itself.</summary>
    internal static bool TryParseStat(string stat, out char state, out ulong startTicks)
    {
        state = default;
        startTicks = 0;
        int end = stat.LastIndexOf(')');
        string[] fields = end < 0 ? [] : stat[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= StartTicksField)
        {
            return false;
        }

        state = fields[0][0];
        return ulong.TryParse(fields[StartTicksField], NumberStyles.None, CultureInfo.InvariantCulture, out startTicks);
    }

    /// <summary>Reads the link <c>pid:[4026531836]</c>.</summary>
    private static ulong ReadNamespace(KernelFiles files)
    {
        string link = files.TryReadLink("proc/self/ns/pid") ?? string.Empty;
        int open = link.IndexOf('[', StringComparison.Ordinal);
        return open >= 0
            && ulong.TryParse(link.AsSpan()[(open + 1)..].TrimEnd(']'), CultureInfo.InvariantCulture, out ulong inode)
                ? inode
                : throw new KernelFeatureException("/proc/self/ns/pid", $"unexpected link '{link}'");
    }
}
