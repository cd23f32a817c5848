using System.Text.Json.Nodes;
using BpfDump.Tests.Relocation;
using Xunit;

namespace BpfDump.Tests.Types;

/// <summary>
/// A program compiled with bpfdump's header and the same program compiled with bpftool's are equal once they are
/// relocated.
/// </summary>
public class HeaderUseTests
{
    private const string RunningKernel = "/sys/kernel/btf/vmlinux";

    [Fact]
    public void Relocate_ProgramWithHeaderOfRunningKernel_EqualsThatWithBpftoolsHeader() => Compare(RunningKernel);

    [Fact]
    public void Relocate_ProgramWithHeaderOfOldestKernel_EqualsThatWithBpftoolsHeader() =>
        Compare(Corpus.Prepare().Kernels.Single(kernel => kernel.Name == "5.10").TypesPath);

    private static void Compare(string typesPath)
    {
        using TemporaryFolder folder = new();
        string ours = Compile(folder, "ours", Bpfdump.Run("btf", "--format", "c", typesPath));
        string bpftools = Compile(
            folder, "bpftools", ExternalTool.Run("bpftool", "btf", "dump", "file", typesPath, "format", "c"));
        foreach (string target in Corpus.Prepare().Kernels.Select(kernel => kernel.TypesPath).Append(RunningKernel))
        {
            JsonNode[] results = [.. Bpfdump.RelocateAll([ours, bpftools], target)];
            Assert.Null(results[0]["error"]);
            JsonArray programs = results[0]["programs"]!.AsArray();
            Assert.Equal(3, programs.Count);
            Assert.All(programs, program => Assert.Null(program!["error"]));
            Assert.True(
                JsonNode.DeepEquals(programs, results[1]["programs"]),
                $"{target}:\n{programs.ToJsonString()}\n{results[1]["programs"]!.ToJsonString()}");
        }
    }

    private static string Compile(TemporaryFolder folder, string name, string header)
    {
        string source = Checkout.PathOf("tests/BpfDump.Tests/Types/header_use.bpf.c");
        string headers = Directory.CreateDirectory(folder.PathOf(name)).FullName;
        string result = folder.PathOf($"{name}.bpf.o");
        File.WriteAllText(Path.Combine(headers, "vmlinux.h"), header);
        ExternalTool.Run(
            "clang-19", "-target", "bpf", "-D__TARGET_ARCH_x86", "-g", "-O2", $"-I{headers}", "-c", source, "-o",
            result);
        return result;
    }
}
