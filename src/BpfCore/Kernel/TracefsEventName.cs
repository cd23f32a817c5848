using System.Globalization;

namespace BpfCore.Kernel;

/// <summary>
/// Name of an event made by this library. It says which process owns the event, so that a later run can tell what a
/// killed one left behind.
/// </summary>
/// <remarks>
/// <code>
///  bpfcore_4026531836 / p_1234_56789_1_tcp_v4_connect
///          |            |  |     |   |  symbol, for people
///          |            |  |     |   number within the process
///          |            |  |     start of the process in ticks since boot
///          |            |  process id
///          |            p: probe at entry, r: at return
///          inode of the pid namespace
/// </code>
/// Both parts end at 63 characters (<c>MAX_EVENT_NAME_LEN</c>, <c>kernel/trace/trace_probe.h</c>).
/// </remarks>
/// <param name="Group">The part before the slash.</param>
/// <param name="Event">The part after it.</param>
internal readonly record struct TracefsEventName(string Group, string Event)
{
    private const string Prefix = "bpfcore_";
    private const int MaximumLength = 63;
    private const int FieldsBeforeSymbol = 4;

    /// <summary>A name that no other event has.</summary>
    public static TracefsEventName Create(ProcessIdentity owner, int number, string symbol, bool isReturn)
    {
        string name = $"{(isReturn ? 'r' : 'p')}_{owner.Id}_{owner.StartTicks}_{number}_{Plain(symbol)}";
        return new TracefsEventName(
            $"{Prefix}{owner.Namespace}", name.Length > MaximumLength ? name[..MaximumLength] : name);
    }

    /// <summary>The process that owns an event of this library; false for the events of others.</summary>
    public bool TryGetOwner(out ProcessIdentity owner)
    {
        owner = default;
        string[] fields = Event.Split('_', FieldsBeforeSymbol + 1);
        if (!Group.StartsWith(Prefix, StringComparison.Ordinal)
            || fields.Length <= FieldsBeforeSymbol
            || !TryParse(Group.AsSpan()[Prefix.Length..], out ulong space)
            || !TryParse(fields[1], out ulong id)
            || !TryParse(fields[2], out ulong startTicks)
            || id > int.MaxValue)
        {
            return false;
        }

        owner = new ProcessIdentity(space, (int)id, startTicks);
        return true;
    }

    /// <summary>Reads a line of a control file: <c>r16:group/event symbol+0</c>.</summary>
    public static bool TryParseLine(ReadOnlySpan<char> line, out TracefsEventName name)
    {
        name = default;
        int colon = line.IndexOf(':');
        int space = line.IndexOf(' ');
        ReadOnlySpan<char> path = colon >= 0 && space > colon ? line[(colon + 1)..space] : default;
        int slash = path.IndexOf('/');
        if (slash <= 0)
        {
            return false;
        }

        name = new TracefsEventName(path[..slash].ToString(), path[(slash + 1)..].ToString());
        return true;
    }

    /// <summary>Group and event with a slash between them.</summary>
    public override string ToString() => $"{Group}/{Event}";

    private static bool TryParse(ReadOnlySpan<char> digits, out ulong value) =>
        ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static string Plain(string symbol) => string.Create(symbol.Length, symbol, static (plain, symbol) =>
    {
        for (int i = 0; i < plain.Length; i++)
        {
            plain[i] = char.IsAsciiLetterOrDigit(symbol[i]) ? symbol[i] : '_';
        }
    });
}
