using System.Buffers.Binary;
using BpfCore.CoRe;
using BpfCore.Elf;
using BpfCore.Linking;
using BpfCore.Objects;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Tests.Elf;
using BpfCore.Tests.Objects;
using Xunit;
using static BpfCore.Tests.Linking.ProgramBuilder;

namespace BpfCore.Tests.Linking;

/// <summary>What a compiler makes of jump tables is compared with libbpf; here are those that none makes.</summary>
public sealed class JumpTableTests
{
    private const uint InstructionArray = 34; // BPF_MAP_TYPE_INSN_ARRAY

    [Fact]
    public void Link_Table_HoldsItsPlacesInTheProgram()
    {
        ProgramReference reference = Assert.Single(Link([8, 32, 8], offset: 0, size: 24).References);

        Assert.Equal(
            (1, ProgramReferenceKind.JumpTable, ".jumptables", 0L),
            (reference.InstructionIndex, reference.Kind, reference.Name, reference.Offset));
        Assert.Equal([0u, 3u, 0u], reference.JumpTable);
    }

    [Theory]
    [InlineData(4, 8, "has 0x8 bytes at 0x4 of section .jumptables, expected whole entries of 8 bytes")]
    [InlineData(0, 12, "has 0xc bytes at 0x0 of section .jumptables, expected whole entries of 8 bytes")]
    [InlineData(0, 0, "has 0x0 bytes at 0x0 of section .jumptables, expected whole entries of 8 bytes")]
    [InlineData(16, 16, "has 0x10 bytes at 0x10, past the end of section .jumptables (0x18 bytes)")]
    [InlineData(ulong.MaxValue - 7, 8, "has 0x8 bytes at 0xfffffffffffffff8, past the end of section .jumptables")]
    public void Link_TableThatIsNoneOfItsSection_IsRefused(ulong offset, ulong size, string problem)
    {
        BpfRelocationException e = Assert.Throws<BpfRelocationException>(() => Link([8, 8, 8], offset, size));

        Assert.Equal(("program", 1), (e.Program, e.InstructionIndex));
        Assert.Contains("jump table places " + problem, e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(ulong.MaxValue)]
    public void Link_EntryBeforeTheProgram_IsRefused(ulong entry)
    {
        BpfRelocationException e = Assert.Throws<BpfRelocationException>(() => Link([8, entry, 8], 0, 24));

        Assert.Contains($"entry 1 to byte 0x{entry:x} of section kprobe/x", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_Tables_AreFilledFrozenAndGivenToTheProgramOnly()
    {
        FakeBpfKernel kernel = new();

        using BpfObject bpf = LoadInto(kernel);

        int first = kernel.Commands.FindIndex(command => command == BpfCommand.MapCreate);
        Assert.Equal(InstructionArray, BinaryPrimitives.ReadUInt32LittleEndian(kernel.Attributes[first]));
        Assert.Equal(
            [.. Enumerable.Repeat(BpfCommand.MapUpdate, 3), BpfCommand.MapFreeze],
            kernel.Commands.Skip(first + 1).Take(4));
        Assert.Equal(4, kernel.Commands.Count(command => command == BpfCommand.MapFreeze)); // outer has two tables
        Assert.Empty(bpf.Maps);
        Assert.Equal(4, kernel.OpenDescriptors.Count); // three programs and the types
    }

    [Fact]
    public void Load_KernelWithoutIndirectJumps_SaysWhatToDo()
    {
        FakeBpfKernel kernel = new();
        kernel.Answer(BpfCommand.MapCreate, -(long)Errno.EINVAL);

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => LoadInto(kernel));

        Assert.Equal("jump table of program outer", e.Feature);
        Assert.Contains("Linux 6.19", e.Message, StringComparison.Ordinal);
        Assert.Contains("-fno-jump-tables", e.Message, StringComparison.Ordinal);
        Assert.Empty(kernel.OpenDescriptors);
    }

    [Theory]
    [InlineData(BpfCommand.MapCreate)]
    [InlineData(BpfCommand.MapUpdate)]
    [InlineData(BpfCommand.MapFreeze)]
    public void Load_TableRefused_NamesItAndTheCallAndLeavesNothingOpen(object command)
    {
        FakeBpfKernel kernel = new();
        kernel.Answer((BpfCommand)command, -(long)Errno.ENOMEM);

        SyscallException e = Assert.Throws<SyscallException>(() => LoadInto(kernel));

        Assert.Equal(("jump table of program outer", "ENOMEM"), (e.Subject, e.ErrorName));
        Assert.Empty(kernel.OpenDescriptors);
    }

    private static BpfObject LoadInto(FakeBpfKernel kernel)
    {
        using LoadFixture fixture = new("live/jump_tables.bpf.o");
        return fixture.Load(kernel);
    }

    // The program begins behind the first instruction of its section.
    private static LinkedProgram Link(ulong[] entries, ulong offset, ulong size)
    {
        ElfBuilder elf = new();
        int code = elf.AddCode("kprobe/x", Exit, Mark(1), Load(), 0, Exit, Exit);
        int tables = elf.Add(".jumptables", ElfSectionKind.ProgramBits, ElfBuilder.Words(entries));
        elf.AddSymbol("before", ElfSymbolKind.Function, code, 0, 8);
        elf.AddSymbol("program", ElfSymbolKind.Function, code, 8, 40);
        elf.AddRelocations(code, (16, elf.AddSymbol("places", ElfSymbolKind.Object, tables, offset, size), 1));
        BpfObjectSpec spec = BpfObjectSpec.Read(elf.Build(), "x.o");
        return new ProgramLinker(spec, CoReTargets.None, observer: null).Link(spec.Programs["program"]);
    }
}
