using BpfCore.Btf;
using BpfDump.Tests.Relocation;
using Xunit;

namespace BpfDump.Tests.Types;

/// <summary>
/// Headers compile without a warning, and every member of every structure lies where the kernel's BTF has it.
/// </summary>
public class HeaderLayoutTests
{
    private const string RunningKernel = "/sys/kernel/btf/vmlinux";

    [Theory]
    [InlineData("clang-14")]
    [InlineData("clang-19")]
    public void Write_RunningKernel_CompilesToTheSameLayout(string compiler) =>
        Compare(compiler, RunningKernel, minimumCount: 5000);

    [Theory]
    [InlineData("5.10")]
    [InlineData("7.2")]
    [InlineData("6.12-arm64")]
    public void Write_KernelOfTheCorpus_CompilesToTheSameLayout(string kernel)
    {
        CorpusKernel found = Corpus.Prepare().Kernels.Single(candidate => candidate.Name == kernel);
        Compare("clang-14", found.TypesPath, minimumCount: 5000);
    }

    private static void Compare(string compiler, string typesPath, int minimumCount)
    {
        CompiledHeader header = new(compiler, typesPath);
        List<string> differences = [];
        int count = 0;
        foreach (BtfType type in header.Composites)
        {
            count++;
            if (LayoutComparison.Compare(type, header.Compiled(type)) is { } difference)
            {
                differences.Add($"{type}: {difference}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differ\n{string.Join('\n', differences.Take(20))}");
        Assert.True(count >= minimumCount, $"only {count} structures");
    }
}
