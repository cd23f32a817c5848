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

    [Fact]
    public void Write_RunningKernel_CompilesToTheSameLayout() =>
        Compare("clang-14", RunningKernel, static _ => true, minimumCount: 5000);

    [Theory]
    [InlineData("5.10", "clang-14")]
    [InlineData("7.2", "clang-19")]
    [InlineData("6.12-arm64", "clang-14")]
    public void Write_KernelOfTheCorpus_CompilesToTheSameLayout(string kernel, string compiler)
    {
        CorpusKernel found = Corpus.Prepare().Kernels.Single(candidate => candidate.Name == kernel);
        Compare(compiler, found.TypesPath, IsHardToWrite, minimumCount: 500);
    }

    private static bool IsHardToWrite(BtfType composite)
    {
        foreach (BtfMember member in composite.Members)
        {
            if (member.BitfieldSize != 0 || member.BitOffset % 64 == 8)
            {
                return true;
            }
        }

        return composite.Size % 4 != 0;
    }

    private static void Compare(string compiler, string typesPath, Predicate<BtfType> isWanted, int minimumCount)
    {
        List<string> differences = [];
        int count = 0;
        foreach ((BtfType original, BtfType compiled) in new CompiledHeader(compiler, typesPath).Compile(isWanted))
        {
            count++;
            if (LayoutComparison.Compare(original, compiled) is { } difference)
            {
                differences.Add($"{original}: {difference}");
            }
        }

        Assert.True(differences.Count == 0, $"{differences.Count} differ\n{string.Join('\n', differences.Take(20))}");
        Assert.True(count >= minimumCount, $"only {count} structures");
    }
}
