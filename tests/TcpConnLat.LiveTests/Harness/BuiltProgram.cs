namespace TcpConnLat.LiveTests.Harness;

/// <summary>
/// The programs under test, as the beginning of a command: those that the build made in the configuration of this test
/// assembly, run by dotnet, or published ones that need nothing, from a folder that the environment names.
/// </summary>
internal static class BuiltProgram
{
    /// <summary>Names the folder of the published programs.</summary>
    public const string FolderVariable = "TCPCONNLAT_PROGRAMS";

    private const string Solution = "TcpConnLat.sln";
    private const string Host = "dotnet";

    private static readonly string? s_folder = Environment.GetEnvironmentVariable(FolderVariable);

    /// <summary>What must be in PATH to run them: nothing if they were published.</summary>
    public static string[] Needs { get; } = s_folder is null ? [Host] : [];

    /// <summary>tcpconnlat.</summary>
    public static string[] Tool { get; } = Find("src/TcpConnLat", "tcpconnlat");

    /// <summary>Whether the programs are compiled ahead of time.</summary>
    public static bool IsPublished => s_folder is not null;

    /// <summary>eventload, where it is there: not in every folder of published programs.</summary>
    public static string[] EventLoad => Find("tools/EventLoad", "eventload");

    /// <summary>connectload.</summary>
    public static string[] ConnectLoad { get; } = Find("tools/ConnectLoad", "connectload");

    private static string[] Find(string project, string name) =>
        s_folder is null
            ? [Host, Existing(Path.Combine(BuildOutput(project), $"{name}.dll"), $"build {project}")]
            : [Existing(Path.Combine(s_folder, name), $"publish {project} there, or unset {FolderVariable}")];

    private static string BuildOutput(string project)
    {
        // .../tests/TcpConnLat.LiveTests/bin/<Configuration>/<Framework>/
        var output = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(Root(output).FullName, project, "bin", output.Parent!.Name, output.Name);
    }

    private static string Existing(string path, string advice) =>
        File.Exists(path) ? path : throw new FileNotFoundException($"{path} is missing: {advice}.");

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
