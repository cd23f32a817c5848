using Xunit;

namespace BpfCore.Tests.Architecture;

/// <summary>The limits of CONTRIBUTING.md.</summary>
public sealed class SourceLimitTests
{
    private const int LongestFile = 400;
    private const int LongestMember = 50;
    private const int TypicalFile = 100;
    private const int TypicalMember = 20;
    private const int LongestLine = 120;

    /// <summary>Faults that are none, by how they begin, and why.</summary>
    private static readonly Dictionary<string, string> s_exceptions = new()
    {
        ["src/BpfCore/Programs/HelperDowngrade.cs"] = "a helper is what the kernel calls the functions it offers",
    };

    private static readonly SourceFile[] s_files = [.. SourceFile.Below("src")];
    private static readonly SourceFile[] s_withTools = [.. s_files, .. SourceFile.Below("tools")];

    [Fact]
    public void Files_AreShort()
    {
        Assert.NotEmpty(s_files);
        Report(s_withTools.Where(file => file.Lines.Length > LongestFile)
            .Select(file => $"{file.Path}: {file.Lines.Length} lines"));
        Assert.InRange(Percentile(s_files.Select(file => file.Lines.Length), 50), 1, TypicalFile);
    }

    [Fact]
    public void Members_FitAScreen()
    {
        (string Path, string Signature, int Length)[] members =
        [
            .. s_withTools.SelectMany(file => file.Members()
                .Select(member => (file.Path, member.Signature, member.Length))),
        ];

        Assert.True(members.Length > 500, $"only {members.Length} members were found");
        Report(members.Where(member => member.Length > LongestMember)
            .Select(member => $"{member.Path}: {member.Signature}: {member.Length} lines"));
        Assert.InRange(Percentile(members.Select(member => member.Length), 90), 1, TypicalMember);
    }

    [Fact]
    public void Lines_FitTheirColumns() => Report(s_withTools.SelectMany(file => file.Lines
        .Select((line, index) => (line, index)).Where(pair => pair.line.Length > LongestLine)
        .Select(pair => $"{file.Path}:{pair.index + 1}: {pair.line.Length} columns")));

    [Fact]
    public void Names_SayWhatAFileHolds() => Report(s_files.Where(file =>
        new[] { "Util", "Helper", "Manager", "Common", "Misc" }.Any(
            word => Path.GetFileName(file.Path).Contains(word, StringComparison.Ordinal))).Select(file => file.Path));

    [Fact]
    public void Sources_HaveNoRegions() => Report(s_files.Where(file => file.Lines.Any(
        line => line.TrimStart().StartsWith("#region", StringComparison.Ordinal))).Select(file => file.Path));

    [Fact]
    public void Unsafe_StaysWhereTheKernelIsCalled() => Report(s_files.Where(file => file.Lines.Any(
        line => line.Split(' ').Contains("unsafe") && !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
        && !file.Path.Contains("/Syscalls/", StringComparison.Ordinal)
        && file.Stem is not ("PerfRing" or "KernelBtf" or "SignalAction" or "DescriptorStream")).Select(file => file.Path));

    [Fact]
    public void Pinning_GivesItsReason() => Report(s_files.GroupBy(file => file.Stem)
        .Where(parts => Mentions(parts, "fixed (") && !Mentions(parts, "// SAFETY:"))
        .Select(parts => parts.First().Path));

    private static bool Mentions(IEnumerable<SourceFile> files, string text) =>
        files.Any(file => file.Lines.Any(line => line.Trim().StartsWith(text, StringComparison.Ordinal)));

    private static int Percentile(IEnumerable<int> lengths, int percent)
    {
        int[] sorted = [.. lengths.Order()];
        return sorted[sorted.Length * percent / 100];
    }

    private static void Report(IEnumerable<string> faults)
    {
        string[] unexpected = [.. faults.Where(fault => !s_exceptions.Keys.Any(fault.StartsWith))];
        Assert.True(unexpected.Length == 0, string.Join('\n', unexpected));
    }
}
