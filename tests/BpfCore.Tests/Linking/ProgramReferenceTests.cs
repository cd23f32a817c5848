using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Diagnostics;
using BpfCore.Instructions;
using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;
using static BpfCore.Tests.Linking.ProgramBuilder;

namespace BpfCore.Tests.Linking;

public sealed class ProgramReferenceTests
{
    [Fact]
    public void Link_GlobalVariable_RefersToItsOffset()
    {
        LinkedProgram linked = new ProgramBuilder().Program(Mark(1), Load(8), 0, Exit).Relocate(1, "variable").Link();

        ProgramReference reference = Assert.Single(linked.References);
        Assert.Equal(
            (1, ProgramReferenceKind.MapValue, ".data", 16 + 8),
            (reference.InstructionIndex, reference.Kind, reference.Name, reference.Offset));
        Assert.Equal(Load(0, PseudoSource.MapValue), linked.Instructions[1].ToUInt64());
        Assert.Equal(0, linked.Instructions[2].Immediate);
    }

    [Theory]
    [InlineData("core/globals.bpf.o")]
    [InlineData("core/subprograms.bpf.o")]
    public void Link_RealObject_ReferencesAreSortedLoadsOfItsMaps(string fixture)
    {
        BpfObjectSpec spec = BpfObjectSpec.Read(Fixtures.Read(fixture), fixture);
        ProgramLinker linker = new(spec, new CoReTargets(Types("btf/subprograms-moved.btf")), observer: null);
        int count = 0;
        foreach (ProgramSpec program in spec.Programs)
        {
            LinkedProgram linked = linker.Link(program);
            Assert.Equal(
                linked.References.Select(reference => reference.InstructionIndex).Order(),
                linked.References.Select(reference => reference.InstructionIndex));
            foreach (ProgramReference reference in linked.References)
            {
                BpfInstruction load = linked.Instructions[reference.InstructionIndex];
                PseudoSource expected = reference.Map!.Contents is null ? PseudoSource.MapFd : PseudoSource.MapValue;
                Assert.Equal((true, expected, 0), (load.IsLoadImmediate64, load.PseudoSource, load.Immediate));
                Assert.Same(spec.Maps[reference.Map.Name], reference.Map);
                count++;
            }
        }

        Assert.True(count > 0, "the object refers to no map");
    }

    [Fact]
    public void Read_ExternalSymbolWithoutBtf_IsRefusedByName()
    {
        BpfFormatException error = Assert.Throws<BpfFormatException>(
            () => new ProgramBuilder().Program(Load(), 0, Exit).Relocate(0, "outside").Read());

        Assert.Contains("extern outside cannot be told without BTF", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Link_Observer_IsToldEachStep()
    {
        ProgramBuilder builder = new();
        builder.AddSubprogram("leaf", Mark(3), Exit);
        builder.Program(Call(), Load(8), 0, Exit).Relocate(0, "leaf").Relocate(1, "variable");
        BpfObjectSpec spec = builder.Read();
        Recorder recorder = new();

        new ProgramLinker(spec, CoReTargets.None, recorder).Link(spec.Programs["program"]);

        Assert.Equal(
            [
                "subprogram leaf at 4",
                "program:0 call leaf: subprogram at instruction 4",
                "program:1 map_value .data: value at offset 24",
            ],
            recorder.Steps);
    }

    private static BtfFile Types(string fixture) =>
        BtfFile.Read(Fixtures.Read(fixture), fixture);

    private sealed class Recorder : BpfObserver
    {
        public List<string> Steps { get; } = [];

        public override void OnSubprogram(in SubprogramLinked step) =>
            Steps.Add($"subprogram {step.Subprogram} at {step.InstructionIndex}");

        public override void OnRelocation(in RelocationApplied step) =>
            Steps.Add($"{step.Program}:{step.InstructionIndex} {step.Kind} {step.Subject}: {step.Outcome}");
    }
}
