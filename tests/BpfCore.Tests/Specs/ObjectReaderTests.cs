using BpfCore.Elf;
using BpfCore.Specs;
using BpfCore.Tests.Elf;
using Xunit;

namespace BpfCore.Tests.Specs;

public sealed class ObjectReaderTests
{
    private readonly ElfBuilder _elf = new();

    [Theory]
    [InlineData("elf/err_big-endian.o", "a big-endian ELF file; BpfCore reads little-endian ones")]
    [InlineData("elf/err_x86.o", "an object for x86-64 (machine 62), expected BPF (247)")]
    [InlineData("objects/err_obj-aarch64.o", "an object for AArch64 (machine 183), expected BPF (247)")]
    [InlineData("objects/err_obj-32bit.o", "a 32-bit ELF file")]
    [InlineData("objects/err_obj-bitcode.o", "LLVM bitcode, no ELF file; compile without -flto")]
    [InlineData("objects/err_obj-stripped.o", "no symbol table: a stripped object")]
    [InlineData("core/err_legacy_maps.bpf.o", "define them by BTF in SEC(\".maps\") instead")]
    [InlineData("objects/err_obj-two_arenas.bpf.o", "map two is an arena, but one is one already")]
    [InlineData("objects/err_obj-arena_small.bpf.o", "but arena memory has only 0x1000")]
    [InlineData("objects/err_obj-no_arena.bpf.o", "the object defines no map of type BPF_MAP_TYPE_ARENA")]
    [InlineData("objects/err_obj-inner_pinned.bpf.o", "map outer.inner: a map inside a map cannot be pinned")]
    [InlineData("objects/err_obj-prog_array_func.bpf.o", "is to hold helper, which is no program")]
    [InlineData("objects/err_obj-struct_ops_program.bpf.o", "whose section does not begin with struct_ops")]
    [InlineData("objects/err_obj-misplaced.bpf.o", "the ELF file has no such section")]
    public void Read_ForeignObject_SaysWhatItIs(string fixture, string problem) =>
        Assert.Contains(problem, Refusal(Fixtures.Read(fixture)).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_ExecutableFile_IsRefused()
    {
        _elf.Type = 2;

        BpfFormatException error = Refusal(_elf.Build());

        Assert.Equal(ElfNative.e_type, error.Offset);
        Assert.Contains(
            "an ELF file of type 2, expected a relocatable object (1)", error.Message, StringComparison.Ordinal);
    }

    // Old versions of clang left the machine open.
    [Fact]
    public void Read_NoMachine_IsTaken()
    {
        _elf.Machine = ElfNative.EM_NONE;

        Assert.Empty(BpfObjectSpec.Read(_elf.Build(), "x.o").Programs);
    }

    [Theory]
    [InlineData("GPL\0", "GPL")]
    [InlineData("Dual BSD/GPL\0junk", "Dual BSD/GPL")]
    [InlineData("no end", "no end")]
    [InlineData("", "")]
    public void Read_License_EndsAtItsNul(string text, string expected)
    {
        _elf.Add("license", ElfSectionKind.ProgramBits, System.Text.Encoding.UTF8.GetBytes(text));

        Assert.Equal(expected, BpfObjectSpec.Read(_elf.Build(), "x.o").License);
    }

    [Fact]
    public void Read_LongLicense_IsCutTo63Bytes()
    {
        _elf.Add("license", ElfSectionKind.ProgramBits, [.. Enumerable.Repeat((byte)'x', 100)]);

        Assert.Equal(63, BpfObjectSpec.Read(_elf.Build(), "x.o").License.Length);
    }

    [Fact]
    public void Read_LegacyMaps_AreRefusedWithAdvice()
    {
        _elf.Add("maps", ElfSectionKind.ProgramBits, new byte[20]);

        BpfFormatException error = Refusal(_elf.Build());

        Assert.Equal("maps", error.Section);
        Assert.Contains("define them by BTF in SEC(\".maps\") instead", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoTypes_GivesSpecWithoutTypes()
    {
        BpfObjectSpec spec = BpfObjectSpec.Read(Fixtures.Read("core/no_btf.bpf.o"), "no_btf.bpf.o");

        Assert.Null(spec.Types);
        Assert.Null(spec.TypeExtensions);
        Assert.Single(spec.Programs);
    }

    [Fact]
    public void ReadFile_Path_TakesItsFileNameForMessages()
    {
        BpfObjectSpec spec = BpfObjectSpec.ReadFile(Fixtures.PathOf("spec/programs.bpf.o"));

        Assert.Equal("programs.bpf.o", spec.Name);
        Assert.Equal("Dual MIT/GPL", spec.License);
    }

    private static BpfFormatException Refusal(byte[] image) =>
        Assert.Throws<BpfFormatException>(() => BpfObjectSpec.Read(image, "x.o"));
}
