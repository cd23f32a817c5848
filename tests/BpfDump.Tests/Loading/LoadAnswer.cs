namespace BpfDump.Tests.Loading;

/// <summary>What a loader says of one load: whether the kernel took the object, and what it holds of it then.</summary>
/// <param name="Name">Name of the object; of a program by itself, <c>object:program</c>.</param>
/// <param name="Verdict"><c>loaded</c>, or <c>refused</c> with the reason.</param>
/// <param name="Holdings">The maps and programs in the kernel, a line each.</param>
internal sealed record LoadAnswer(string Name, string Verdict, IReadOnlyList<string> Holdings)
{
    /// <summary>Whether the kernel took it.</summary>
    public bool IsLoaded => Verdict == "loaded";

    /// <summary>How many programs the kernel took.</summary>
    public int Programs => Holdings.Count(static line => line.StartsWith("program ", StringComparison.Ordinal));

    /// <summary>The answers in a loader's output, in its order.</summary>
    public static IReadOnlyList<LoadAnswer> Read(string output) =>
    [
        .. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(static line => line.Split(' ', 2))
            .GroupBy(static parts => parts[0], static parts => parts[1], StringComparer.Ordinal)
            .Select(static lines => new LoadAnswer(lines.Key, lines.First(), [.. lines.Skip(1)])),
    ];

    /// <summary>What differs from another loader's answer, a line each; none when they are equal.</summary>
    public IEnumerable<string> DifferencesFrom(LoadAnswer other)
    {
        if (Verdict != other.Verdict)
        {
            yield return $"{Name}: libbpf: {other.Verdict}, BpfCore: {Verdict}";
        }

        if (Holdings.Count != other.Holdings.Count)
        {
            yield return $"{Name}: libbpf has {other.Holdings.Count} maps and programs, BpfCore {Holdings.Count}";
        }

        foreach ((string ours, string theirs) in Holdings.Zip(other.Holdings))
        {
            if (ours != theirs)
            {
                yield return $"{Name}: libbpf has {theirs}, BpfCore {ours}";
            }
        }
    }
}
