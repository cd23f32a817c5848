namespace BpfCore;

/// <summary>A map that exists was to be used for one of an object, but it is another kind of map.</summary>
public sealed class BpfMapMismatchException : BpfException
{
    private BpfMapMismatchException(
        string map, string? path, IReadOnlyList<string> differences, string other, string advice)
        : base($"map {map}: {other} has {string.Join(", ", differences)}; {advice}")
    {
        Map = map;
        Path = path;
        Differences = differences;
    }

    /// <summary>Name of the map in its object.</summary>
    public string Map { get; }

    /// <summary>Where the other map is pinned; null for one that the load was given.</summary>
    public string? Path { get; }

    /// <summary>What differs, for example <c>value size 8, expected 16</c>.</summary>
    public IReadOnlyList<string> Differences { get; }

    internal static BpfMapMismatchException Pinned(string map, string path, IReadOnlyList<string> differences) =>
        new(map, path, differences, $"the map pinned at {path}", "remove the pin or rename the map");

    internal static BpfMapMismatchException Given(string map, IReadOnlyList<string> differences) =>
        new(map, path: null, differences, "the map given in its place", "give one that is like the object's, or none");
}
