using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfExtTests
{
    private readonly BtfFile _types;
    private readonly uint _section;

    public BtfExtTests()
    {
        BtfBuilder builder = new();
        _section = builder.Name("kprobe/x");
        _types = builder.Read();
    }

    [Fact]
    public void Read_Tables_AreGroupedBySection()
    {
        byte[] data = Build([8, _section, 2, 0, 1, 16, 2], [16, _section, 1, 8, 0, 0, 5 << 10], []);

        BtfExt extension = BtfExt.Read(data, "x.o", _types);

        BtfExtSection functions = Assert.Single(extension.FunctionInfo.Sections);
        Assert.Equal(("kprobe/x", 2, 8), (functions.Name, functions.Count, functions.RecordSize));
        Assert.Equal((0u, 16u), (functions.InstructionOffset(0), functions.InstructionOffset(1)));
        Assert.Equal(8u, extension.LineInfo.Find("kprobe/x")!.InstructionOffset(0));
        Assert.Null(extension.LineInfo.Find("kprobe/y"));
        Assert.Empty(extension.CoReRelocations.Sections);
    }

    [Fact]
    public void Read_LongerRecords_KeepTheirTail()
    {
        BtfExt extension = BtfExt.Read(Build([12, _section, 1, 0, 1, 99], [], []), "x.o", _types);

        Assert.Equal(12, extension.FunctionInfo.RecordSize);
        Assert.Equal(99, extension.FunctionInfo.Sections[0][0][8]);
    }

    [Fact]
    public void Read_HeaderWithoutCoRe_HasNoRelocations()
    {
        byte[] data = Build([8, _section, 1, 0, 1], [], []);
        byte[] shorter = [.. data[..24], .. data[32..]];
        BtfBuilder.Put(shorter, BtfNative.btf_ext_header_hdr_len, 24);

        BtfExt extension = BtfExt.Read(shorter, "x.o", _types);

        Assert.Empty(extension.CoReRelocations.Sections);
        Assert.Single(extension.FunctionInfo.Sections);
    }

    [Theory]
    [InlineData(0, 0u, "expected the BTF magic")]
    [InlineData(0, 0x0002_EB9Fu, "expected .BTF.ext version 1, found 2")]
    [InlineData(4, 16u, "hdr_len is 16, expected at least 24")]
    [InlineData(4, 0xFFFF_FFFFu, "func_info needs")]
    [InlineData(12, 1000u, "func_info needs 1000 bytes")]
    [InlineData(32, 4u, "a record size of 4")]
    [InlineData(32, 10u, "a record size of 10")]
    [InlineData(32, 0xFFFF_FFFCu, "a record size of 4294967292")]
    [InlineData(36, 0xFFFFu, "lies past the end of the string table")]
    [InlineData(40, 0u, "a section without records")]
    [InlineData(40, 2u, "the records needs 16 bytes")]
    [InlineData(40, 0x2000_0001u, "the records needs")]
    public void Read_Damaged_Throws(int offset, uint value, string problem)
    {
        byte[] data = BtfBuilder.Put(Build([8, _section, 1, 0, 1], [], []), offset, value);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => BtfExt.Read(data, "x.o", _types));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexer_OutOfRange_IsMisuse()
    {
        BtfExt extension = BtfExt.Read(Build([8, _section, 1, 0, 1], [], []), "x.o", _types);
        BtfExtSection section = extension.FunctionInfo.Sections[0];

        Assert.Throws<ArgumentOutOfRangeException>(() => section[1].Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => section[-1].Length);
    }

    private static byte[] Build(params uint[][] tables)
    {
        List<uint> words = [0x0001_EB9F, 32];
        uint offset = 0;
        foreach (uint[] table in tables)
        {
            words.AddRange([offset, (uint)table.Length * 4]);
            offset += (uint)table.Length * 4;
        }

        byte[] data = new byte[(words.Count * 4) + offset];
        int position = 0;
        foreach (uint word in words.Concat(tables.SelectMany(table => table)))
        {
            BtfBuilder.Put(data, position, word);
            position += 4;
        }

        return data;
    }
}
