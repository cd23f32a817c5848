using BpfCore.Btf;
using BpfCore.Elf;
using BpfCore.Tests.Golden;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfFormatterTests
{
    [Fact]
    public void Write_AllKinds_GivesGoldenText() =>
        GoldenFile.Verify("all-kinds.btf.txt", Dump(Read("btf/all-kinds.btf")));

    [Fact]
    public void Write_EveryFixture_EqualsBpftool()
    {
        foreach (string path in Directory.GetFiles(Fixtures.PathOf("btf"), "*.btf"))
        {
            Assert.Equal(Bpftool(path), Dump(BtfFile.Read(File.ReadAllBytes(path), path)));
        }
    }

    [Theory]
    [InlineData("spec/programs.bpf.o")]
    [InlineData("spec/variables.bpf.o")]
    [InlineData("spec/maps.bpf.o")]
    [InlineData("core/enum64.bpf.o")]
    public void Write_TypesOfObject_EqualsBpftool(string fixture)
    {
        ElfSection section = ElfFile.Read(Fixtures.Read(fixture), fixture).FindSection(".BTF")!;

        Assert.Equal(Bpftool(Fixtures.PathOf(fixture)), Dump(BtfFile.Read(section.Data, fixture)));
    }

    [Fact]
    public void Format_RareForms_AreNamed()
    {
        BtfBuilder builder = new();
        builder.Add(BtfKind.Int, "odd", 4, words: 0x0300_0020);
        builder.Function("f", 0, (BtfLinkage)7);
        builder.Add(BtfKind.Forward, "u", 0, flag: true);
        builder.Enum64("e", signed: true, ("A", ulong.MaxValue));

        Assert.Equal(
            "[1] INT 'odd' size=4 bits_offset=0 nr_bits=32 encoding=UNKN\n" +
            "[2] FUNC 'f' type_id=0 linkage=(unknown)\n" +
            "[3] FWD 'u' fwd_kind=union\n" +
            "[4] ENUM64 'e' encoding=SIGNED size=8 vlen=1\n\t'A' val=-1LL\n",
            Dump(builder.Read()));
    }

    private static string Bpftool(string path) =>
        ExternalTool.Run("bpftool", "btf", "dump", "file", path, "format", "raw");

    private static BtfFile Read(string fixture) => BtfFile.Read(Fixtures.Read(fixture), fixture);

    private static string Dump(BtfFile file)
    {
        StringWriter output = new();
        BtfFormatter.Write(file, output);
        return output.ToString();
    }
}
