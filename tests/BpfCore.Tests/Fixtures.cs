namespace BpfCore.Tests;

/// <summary>Finds the committed inputs of the tests, however deep the test's binary lies in the checkout.</summary>
internal static class Fixtures
{
    private static readonly string s_tests = Path.Combine(FindRoot(), "tests");

    /// <summary>Root of the checkout.</summary>
    public static string Root => Path.GetDirectoryName(s_tests)!;

    /// <summary>Path of a file below tests/fixtures.</summary>
    public static string PathOf(string name) => Path.Combine(s_tests, "fixtures", name);

    /// <summary>Path of a text file with test vectors.</summary>
    public static string PathOfVectors(string name) => Path.Combine(s_tests, "BpfCore.Tests", "Vectors", name);

    /// <summary>Bytes of a file below tests/fixtures.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "TcpConnLat.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"no folder above {AppContext.BaseDirectory} holds TcpConnLat.sln");
    }
}
