using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using BpfCore.Elf;
using BpfCore.Instructions;
using BpfCore.Tests.Golden;
using Xunit;

namespace BpfCore.Tests.Instructions;

/// <summary>The same listings as llvm-objdump 14, the labels of jumps left out.</summary>
public partial class ObjdumpComparisonTests
{
    private const string Objdump = "llvm-objdump-14";

    // Compiled for BPF v4, of which LLVM 14 takes 32-bit atomic operations for others.
    private const string NewerThanObjdump = "st.bpf.o";

    [Fact]
    public void List_ObjectWithEveryInstruction_EqualsObjdump()
    {
        string[] expected = ListByObjdump("instructions/classes.o");

        Assert.DoesNotContain(expected, line => line.EndsWith("<unknown>", StringComparison.Ordinal));
        Assert.Equal(expected, List("instructions/classes.o"));
    }

    [Fact]
    public void List_ObjectsOfClang_EqualObjdumpWhereItKnowsTheInstruction()
    {
        List<string> differences = [];
        foreach (string path in Directory.EnumerateFiles(Fixtures.PathOf("core"), "*.bpf.o"))
        {
            string name = $"core/{Path.GetFileName(path)}";
            if (Path.GetFileName(path) == NewerThanObjdump)
            {
                continue;
            }

            string[] expected = ListByObjdump(name);
            string[] found = List(name);
            Assert.True(expected.Length == found.Length, $"{name}: {expected.Length} lines, found {found.Length}");
            differences.AddRange(expected.Zip(found)
                .Where(pair => pair.First != pair.Second && !pair.First.Contains("<unknown>", StringComparison.Ordinal))
                .Select(pair => $"{name}: expected {pair.First}\nfound {pair.Second}"));
        }

        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    // Slots of each section that holds code, as objdump takes them: in the order of the sections.
    private static string[] List(string fixture)
    {
        ElfFile elf = ElfFile.Read(Fixtures.Read(fixture), fixture);
        IEnumerable<string> listings = elf.Sections
            .Where(section => section.IsExecutable)
            .Select(section => Disassembler.List(MemoryMarshal.Cast<byte, BpfInstruction>(section.Data.Span)));
        return string.Concat(listings).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string[] ListByObjdump(string fixture) =>
    [
        .. ExternalTool.Run(Objdump, "-d", Fixtures.PathOf(fixture)).Split('\n')
            .Where(line => InstructionLine().IsMatch(line))
            .Select(line => Label().Replace(line, "").Replace("ld_pseudo\t", "ld_pseudo ", StringComparison.Ordinal)),
    ];

    [GeneratedRegex(@"^ +\d+:\t")]
    private static partial Regex InstructionLine();

    [GeneratedRegex(@" <[^<>]*>$(?<!<unknown>)")]
    private static partial Regex Label();
}
