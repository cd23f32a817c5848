using TcpConnLat.LiveTests.Harness;
using Xunit;

namespace TcpConnLat.LiveTests;

/// <summary>The usual call starts with no more than it needs.</summary>
public sealed class StartTests(TestNetwork network) : LiveTest(network)
{
    // Each would cost a start under dotnet half a millisecond, System.Console and the parser many.
    private static readonly string[] s_needless =
    [
        "System.Collections.Concurrent",
        "System.Collections.Immutable",
        "System.CommandLine",
        "System.Console",
        "System.Diagnostics.Process",
        "System.Linq",
        "System.Text.RegularExpressions",
    ];

    [Fact]
    public void PlainCall_LoadsNoAssemblyThatItCanDoWithout()
    {
        using var tool = TcpConnLatProcess.Start();

        string[] loaded = AssembliesOf(tool.Id);

        // A published executable has everything inside.
        bool isRunByDotnet = BuiltProgram.Tool.Length > 1;
        Assert.Equal(isRunByDotnet, loaded.Contains("BpfCore"));
        Assert.Empty(loaded.Intersect(s_needless));
    }

    private static string[] AssembliesOf(int processId) =>
        [.. File.ReadLines($"/proc/{processId}/maps")
            .Where(static line => line.EndsWith(".dll", StringComparison.Ordinal))
            .Select(static line => Path.GetFileNameWithoutExtension(line))
            .Distinct()];
}
