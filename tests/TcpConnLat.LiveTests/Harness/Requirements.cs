using Tmds.Linux;
using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>What a live test needs of the machine; without it a test skips by name, and fails in CI.</summary>
internal static class Requirements
{
    private const string KernelTypes = "/sys/kernel/btf/vmlinux";

    private static readonly string[] s_programs = [.. BuiltProgram.Needs, "ip", "nft", "sh", "setpriv"];

    private static readonly Lazy<string?> s_missing = new(FindMissing);

    private static bool IsContinuousIntegration => Environment.GetEnvironmentVariable("CI") == "true";

    /// <summary>Skips, or fails in CI, unless everything is there.</summary>
    public static void Check()
    {
        if (s_missing.Value is not { } missing)
        {
            return;
        }

        if (IsContinuousIntegration)
        {
            Assert.Fail($"Live tests must run in CI, but {missing}.");
        }

        Assert.Skip($"Needs root, BTF and the programs {string.Join(", ", s_programs)}: {missing}.");
    }

    private static string? FindMissing()
    {
        if (LibC.geteuid() != 0)
        {
            return "this is not root";
        }

        if (!File.Exists(KernelTypes))
        {
            return $"{KernelTypes} is missing (CONFIG_DEBUG_INFO_BTF)";
        }

        string[] absent = [.. s_programs.Where(program => !IsOnPath(program))];
        return absent.Length == 0 ? null : $"{string.Join(", ", absent)} cannot be found in PATH";
    }

    private static bool IsOnPath(string program)
    {
        string path = Environment.GetEnvironmentVariable("PATH") ?? "";
        return path.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
    }
}
