using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfFileTests
{
    [Fact]
    public void Read_OnlyVoid_HasNoTypes()
    {
        BtfFile file = new BtfBuilder().Read();

        Assert.Equal((1, 1, 0), (file.TypeCount, file.FirstId, file.Types.Count));
        Assert.Equal(BtfKind.Void, file[BtfTypeId.Void].Kind);
        Assert.True(file[BtfTypeId.Void].IsAnonymous);
    }

    [Theory]
    [InlineData(0, 0x00, 0, "expected the BTF magic 0xeb9f, found 0xeb00")]
    [InlineData(2, 2, 2, "expected BTF version 1, found 2")]
    [InlineData(BtfNative.btf_header_hdr_len, 23, BtfNative.btf_header_hdr_len, "hdr_len is 23, expected at least 24")]
    [InlineData(BtfNative.btf_header_type_off, 2, BtfNative.btf_header_type_off, "aligned to 4 bytes")]
    [InlineData(BtfNative.btf_header_type_off + 3, 0xFF, 0xFF000018, "the type section needs 16 bytes")]
    [InlineData(BtfNative.btf_header_type_len + 3, 0xFF, 24, "the type section needs")]
    [InlineData(BtfNative.btf_header_str_off, 200, 224, "the string section needs")]
    [InlineData(BtfNative.btf_header_str_len + 3, 1, 40, "the string section needs")]
    public void Read_DamagedHeader_ReportsOffset(int offset, byte value, long reported, string problem)
    {
        BtfBuilder builder = new();
        builder.Int("int", 4);
        byte[] image = builder.Build();
        image[offset] = value;

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => BtfFile.Read(image, "x.btf"));

        Assert.Equal(("x.btf", reported), (error.Input, error.Offset));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_BigEndian_IsNamed() =>
        Assert.Contains(
            "big-endian",
            Assert.Throws<BpfFormatException>(() => BtfFile.Read(new byte[] { 0xEB, 0x9F, 1, 0 }, "x.btf")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Read_LongerHeader_SkipsUnknownFields()
    {
        BtfBuilder builder = new();
        builder.Int("int", 4);
        byte[] image = builder.Build();
        image[BtfNative.btf_header_hdr_len] = 32;
        byte[] longer = [.. image[..24], 9, 9, 9, 9, 9, 9, 9, 9, .. image[24..]];

        Assert.Equal("int", BtfFile.Read(longer, "x.btf")[new BtfTypeId(1)].Name);
    }

    [Fact]
    public void Read_StringsThatDoNotBeginWithNul_AreRefused()
    {
        BtfBuilder builder = new();
        builder.Int("int", 4);
        byte[] image = builder.Build();
        image[40] = (byte)'x';

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => BtfFile.Read(image, "x.btf"));

        Assert.Equal(40, error.Offset);
        Assert.Contains("base", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_StringsThatDoNotEndWithNul_AreRefused()
    {
        byte[] image = new BtfBuilder().Build();
        image[^1] = 1;

        Assert.Throws<BpfFormatException>(() => BtfFile.Read(image, "x.btf"));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(20u)]
    [InlineData(127u)]
    public void Read_UnknownKind_ReportsRecord(uint kind)
    {
        BtfBuilder builder = new();
        builder.Int("int", 4);
        builder.Add((BtfKind)kind, "", 0);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => builder.Read());

        Assert.Equal(24 + 16, error.Offset);
        Assert.Contains($"unknown BTF kind {kind}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RecordCutOff_ReportsIt()
    {
        BtfBuilder builder = new();
        builder.Add(BtfKind.Struct, "s", 4, count: 2, words: [0, 1, 0]);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => builder.Read());

        Assert.Contains(
            "a Struct with 2 elements reaches past the type section", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_HalfARecord_ReportsIt()
    {
        BtfBuilder builder = new();
        builder.Int("int", 4);
        byte[] image = builder.Build();
        BtfBuilder.Put(image, BtfNative.btf_header_type_len, 8);

        Assert.Contains(
            "a type record needs 12 bytes, 8 are left",
            Assert.Throws<BpfFormatException>(() => BtfFile.Read(image, "x.btf")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NamePastStrings_ReportsRecord()
    {
        BtfBuilder builder = new();
        builder.Int("int", 4);
        byte[] image = BtfBuilder.Put(builder.Build(), 24, 5);

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => BtfFile.Read(image, "x.btf"));

        Assert.Equal(24, error.Offset);
        Assert.Contains("the name lies past the end", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Indexer_IdThatDoesNotExist_ThrowsFormatException()
    {
        BtfBuilder builder = new();
        builder.Pointer(7);
        BtfFile file = builder.Read();

        BpfFormatException error = Assert.Throws<BpfFormatException>(() => file[new BtfTypeId(1)].Target);

        Assert.Contains("type id 7 does not exist, the file has 1 types", error.Message, StringComparison.Ordinal);
    }

    // The kernel widened vlen from 16 to 24 bits; a count above 65535 must not be cut.
    [Fact]
    public void Read_MoreThan65535Elements_AreAllThere()
    {
        const int Count = 70_000;
        BtfBuilder builder = new();
        uint name = builder.Name("last");
        uint[] words = new uint[Count * 2];
        words[^2] = name;
        words[^1] = 42;
        uint id = builder.Add(BtfKind.Enum, "huge", 4, Count, words: words);

        BtfType type = builder.Read()[new BtfTypeId(id)];

        Assert.Equal(Count, type.EnumValues.Count);
        Assert.Equal(("last", 42ul), (type.EnumValues[Count - 1].Name, type.EnumValues[Count - 1].Value));
    }
}
