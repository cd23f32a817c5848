namespace Bench.Measuring;

/// <summary>
/// A program in pages of memory that it did not have in the run before. Which lines of the caches they fall into
/// decides about some percent of a wake-up, for as long as the file is cached: medians of runs of one file do not even
/// that out.
/// </summary>
internal sealed class FreshCopy : IDisposable
{
    /// <param name="program">Path of the program; its copy lies beside it, where it finds the same libraries.</param>
    public FreshCopy(string program)
    {
        Path = $"{program}.{Guid.NewGuid():N}";
        File.Copy(program, Path);
    }

    /// <summary>Path of the copy.</summary>
    public string Path { get; }

    /// <summary>Removes the copy.</summary>
    public void Dispose() => File.Delete(Path);
}
