namespace BpfGen.Tests;

/// <summary>Finds files of the checkout, however deep the test's binary lies in it.</summary>
internal static class Checkout
{
    /// <summary>Root of the checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Absolute path of a file.</summary>
    /// <param name="path">Path from the root.</param>
    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>Absolute path of a fixture of this project.</summary>
    /// <param name="name">Its name.</param>
    public static string Fixture(string name) => PathOf($"tests/BpfGen.Tests/Fixtures/{name}");

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
