namespace BpfGen.Tests;

/// <summary>A folder that is gone when the test is.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("bpfgen-");

    /// <summary>Its path.</summary>
    public string Path => _folder.FullName;

    /// <summary>Path of a file in it.</summary>
    public string PathOf(string name) => System.IO.Path.Combine(_folder.FullName, name);

    public void Dispose() => _folder.Delete(recursive: true);
}
