using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Linking;

public sealed class ProgramLinkerTests
{
    [Fact]
    public void Link_AfterRefusal_RefusesAgain()
    {
        BpfObjectSpec spec = Read("core/fields.bpf.o");
        ProgramLinker linker = new(spec, CoReTargets.None, observer: null);
        ProgramSpec program = spec.Programs.First();

        Assert.Throws<BpfRelocationException>(() => linker.Link(program));

        Assert.Throws<BpfRelocationException>(() => linker.Link(program));
    }

    [Fact]
    public void Link_OneByOne_GivesTheSameAsTogether()
    {
        BpfObjectSpec spec = Read("core/fields.bpf.o");
        ProgramLinker together = Linker(spec);
        together.Relocate(spec.Programs);

        foreach (ProgramSpec program in spec.Programs)
        {
            Assert.Equal(Linker(spec).Link(program).Instructions, together.Link(program).Instructions);
        }
    }

    [Fact]
    public void Link_Twice_GivesTheSame()
    {
        BpfObjectSpec spec = Read("core/fields.bpf.o");
        ProgramLinker linker = Linker(spec);
        ProgramSpec program = spec.Programs.First();

        Assert.Equal(linker.Link(program).Instructions, linker.Link(program).Instructions);
    }

    [Fact]
    public void Link_Program_LeavesTheSpecAlone()
    {
        BpfObjectSpec spec = Read("core/fields.bpf.o");
        ProgramSpec program = spec.Programs.First();
        ulong[] before = [.. program.Instructions.ToArray().Select(instruction => instruction.ToUInt64())];

        Assert.NotEqual(before, Linker(spec).Link(program).Instructions.Select(instruction => instruction.ToUInt64()));

        Assert.Equal(before, program.Instructions.ToArray().Select(instruction => instruction.ToUInt64()));
    }

    private static BpfObjectSpec Read(string fixture) => BpfObjectSpec.Read(Fixtures.Read(fixture), fixture);

    private static ProgramLinker Linker(BpfObjectSpec spec) => new(
        spec, new CoReTargets(BtfFile.Read(Fixtures.Read("btf/fields-moved.btf"), "fields-moved.btf")), observer: null);
}
