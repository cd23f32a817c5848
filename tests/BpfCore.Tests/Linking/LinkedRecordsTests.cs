using System.Buffers.Binary;
using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Instructions;
using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Linking;

public sealed class LinkedRecordsTests
{
    private readonly BpfObjectSpec _spec = BpfObjectSpec.Read(Fixtures.Read("spec/programs.bpf.o"), "programs.bpf.o");

    [Fact]
    public void FunctionInfo_EveryProgram_NamesEachFunctionAtItsPlace()
    {
        foreach (ProgramSpec program in _spec.Programs)
        {
            LinkedProgram linked = Link(program);
            (string Name, int Place)[] functions = [.. Functions(linked)];

            Assert.Equal((program.Name, 0), functions[0]);
            for (int index = 0; index < functions.Length; index++)
            {
                // The instructions there are those of the function, but for calls and maps.
                ProgramSpec function = _spec.Functions.Single(candidate => candidate.Name == functions[index].Name);
                int end = index + 1 < functions.Length ? functions[index + 1].Place : linked.Instructions.Length;
                Assert.Equal(function.Instructions.Length, end - functions[index].Place);
                Assert.Equal(
                    function.Instructions.ToArray().Select(instruction => instruction.Opcode),
                    linked.Instructions[functions[index].Place..end].Select(instruction => instruction.Opcode));
            }
        }
    }

    [Fact]
    public void FunctionInfo_ProgramWithSubprograms_HasThemInOrderOfAppending() =>
        Assert.Equal(
            [("raw_state", 0), ("weak_one", 8), ("hidden_one", 11), ("global_middle", 25), ("static_leaf", 28)],
            Functions(Link(_spec.Programs["raw_state"])));

    [Fact]
    public void LineInfo_EveryProgram_KeepsTheLineOfEachInstruction()
    {
        foreach (ProgramSpec program in _spec.Programs)
        {
            LinkedProgram linked = Link(program);
            List<(int, uint)> expected = [];
            foreach ((string name, int place) in Functions(linked))
            {
                expected.AddRange(LinesOf(_spec.Functions.Single(function => function.Name == name), place));
            }

            Assert.Equal(expected, Records(linked.LineInfo).Select(record => (record.Place, record.Words[3])));
            Assert.NotEmpty(expected);
        }
    }

    [Fact]
    public void RecordSize_IsThatOfTheObject()
    {
        LinkedProgram linked = Link(_spec.Programs["raw_switch"]);

        Assert.Equal((8, 16), (linked.FunctionInfo.RecordSize, linked.LineInfo.RecordSize));
        Assert.Equal(linked.LineInfo.Count * 16, linked.LineInfo.Bytes.Length);
    }

    [Fact]
    public void Records_ObjectWithoutTypes_AreEmpty()
    {
        BpfObjectSpec spec = BpfObjectSpec.Read(Fixtures.Read("core/no_btf.bpf.o"), "no_btf.bpf.o");

        LinkedProgram linked = new ProgramLinker(spec, CoReTargets.None, observer: null).Link(spec.Programs["reader"]);

        Assert.Equal((0, 0), (linked.FunctionInfo.Count, linked.LineInfo.Count));
        Assert.True(linked.FunctionInfo.Bytes.IsEmpty);
    }

    private LinkedProgram Link(ProgramSpec program) =>
        new ProgramLinker(_spec, CoReTargets.None, observer: null).Link(program);

    private IEnumerable<(string Name, int Place)> Functions(LinkedProgram linked) =>
        Records(linked.FunctionInfo)
            .Select(record => (_spec.Types![new BtfTypeId(record.Words[1])].Name, record.Place));

    // .BTF.ext counts in bytes from the start of the section.
    private List<(int Place, uint Line)> LinesOf(ProgramSpec function, int place)
    {
        BtfExtSection section = _spec.TypeExtensions!.LineInfo.Find(function.RawSectionName)!;
        List<(int, uint)> lines = [];
        for (int index = 0; index < section.Count; index++)
        {
            int instruction = (int)section.InstructionOffset(index) / BpfInstruction.SizeInBytes;
            if (instruction >= function.SectionInstruction && instruction < function.SectionEnd)
            {
                lines.Add((instruction - function.SectionInstruction + place, Words(section[index])[3]));
            }
        }

        return lines;
    }

    private static IEnumerable<(int Place, uint[] Words)> Records(LinkedRecords records) =>
        Enumerable.Range(0, records.Count)
            .Select(index => Words(records.Bytes.Slice(index * records.RecordSize, records.RecordSize)))
            .Select(words => ((int)words[0], words));

    private static uint[] Words(ReadOnlySpan<byte> record)
    {
        uint[] words = new uint[record.Length / sizeof(uint)];
        for (int index = 0; index < words.Length; index++)
        {
            words[index] = BinaryPrimitives.ReadUInt32LittleEndian(record[(index * sizeof(uint))..]);
        }

        return words;
    }
}
