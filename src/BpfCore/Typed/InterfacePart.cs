namespace BpfCore.Typed;

/// <summary>A part of an interface as its text tells it.</summary>
/// <param name="Label">What it is: <c>struct event</c>.</param>
/// <param name="Shape">What it looks like: <c>80 bytes</c>.</param>
/// <param name="Members">Its members with theirs.</param>
internal sealed record InterfacePart(string Label, string Shape, Dictionary<string, string> Members)
{
    private const string Separator = ": ";

    /// <summary>Takes a text apart.</summary>
    public static IEnumerable<InterfacePart> Read(string text)
    {
        InterfacePart? part = null;
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string shape) = Split(line);
            if (name[0] == ' ' && part is not null)
            {
                part.Members.TryAdd(name.TrimStart(), shape);
                continue;
            }

            if (part is not null)
            {
                yield return part;
            }

            part = new InterfacePart(name, shape, new Dictionary<string, string>(StringComparer.Ordinal));
        }

        if (part is not null)
        {
            yield return part;
        }
    }

    private static (string Name, string Shape) Split(string line)
    {
        int end = line.IndexOf(Separator, StringComparison.Ordinal);
        return end < 0 ? (line, "") : (line[..end], line[(end + Separator.Length)..]);
    }
}
