namespace BpfCore.Tests.Golden;

/// <summary>Finds the files of the repository from wherever the tests run.</summary>
internal static class SourceTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Path of a file below <c>tests/fixtures</c>.</summary>
    public static string Fixture(string name) => Path.Combine(Root, "tests", "fixtures", name);

    /// <summary>Bytes of a file below <c>tests/fixtures</c>.</summary>
    public static byte[] ReadFixture(string name) => File.ReadAllBytes(Fixture(name));

    /// <summary>Path of a text file with test vectors.</summary>
    public static string Vectors(string name) => Path.Combine(Root, "tests", "BpfCore.Tests", "Vectors", name);

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TcpConnLat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds TcpConnLat.sln");
    }
}
