namespace BpfCore;

/// <summary>A map was to be used again under its pinned name, but the map of that name is another one.</summary>
public sealed class BpfMapMismatchException : BpfException
{
    internal BpfMapMismatchException(string map, string path, IReadOnlyList<string> differences)
        : base(
            $"map {map}: the map pinned at {path} has {string.Join(", ", differences)}; "
                + "remove the pin or rename the map")
    {
        Map = map;
        Path = path;
        Differences = differences;
    }

    /// <summary>Name of the map in its object.</summary>
    public string Map { get; }

    /// <summary>Where the other map is pinned.</summary>
    public string Path { get; }

    /// <summary>What differs, for example <c>value size 8, expected 16</c>.</summary>
    public IReadOnlyList<string> Differences { get; }
}
