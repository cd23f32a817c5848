namespace TcpConnLat.LiveTests.Harness;

/// <summary>Where the build put the programs under test, in the configuration of this test assembly.</summary>
internal static class BuiltProgram
{
    private const string Solution = "TcpConnLat.sln";

    /// <summary>tcpconnlat.dll.</summary>
    public static string Tool { get; } = Find("src/TcpConnLat", "tcpconnlat.dll");

    /// <summary>connectload.dll.</summary>
    public static string ConnectLoad { get; } = Find("tools/ConnectLoad", "connectload.dll");

    private static string Find(string project, string file)
    {
        // .../tests/TcpConnLat.LiveTests/bin/<Configuration>/<Framework>/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        string path = Path.Combine(
            Root(output).FullName, project, "bin", output.Parent!.Name, output.Name, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: build {project}.");
    }

    private static DirectoryInfo Root(DirectoryInfo start)
    {
        for (DirectoryInfo? folder = start; folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, Solution)))
            {
                return folder;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {start.FullName} has {Solution}.");
    }
}
