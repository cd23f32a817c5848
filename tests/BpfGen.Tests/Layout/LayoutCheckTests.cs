using BpfCore;
using BpfCore.Specs;
using BpfCore.Typed;
using BpfGen.Tests.Fixtures;
using Xunit;

namespace BpfGen.Tests.Layout;

/// <summary>An object that is not the one a class was generated from.</summary>
public sealed class LayoutCheckTests
{
    [Fact]
    public void OpenFile_FieldOfAnotherType_NamesStructFieldExpectedAndFound()
    {
        BpfLayoutException error = Assert.Throws<BpfLayoutException>(
            () => Sent.OpenFile(Checkout.Fixture("sent-moved.bpf.o")));

        Assert.Equal("sent-moved.bpf.o", error.Input);
        Assert.Equal("struct sent", error.Part);
        Assert.Equal("length", error.Member);
        Assert.Equal("u32 at 4", error.Expected);
        Assert.Equal("u16 at 4", error.Found);
        Assert.Equal(
            "sent-moved.bpf.o: struct sent, length: expected u32 at 4, found u16 at 4; "
            + "the C# class was generated from another object, generate it from this one",
            error.Message);
    }

    [Fact]
    public void Open_SameObject_IsTakenFromEverywhere()
    {
        string path = Checkout.Fixture("sent.bpf.o");

        Assert.Equal("sent.bpf.o", Sent.Open().Object.Name);
        Assert.Equal("sent.bpf.o", Sent.OpenFile(path).Object.Name);
        Assert.Equal("mine", Sent.Read(File.ReadAllBytes(path), "mine").Object.Name);
    }

    [Fact]
    public void OpenFile_AnotherObject_NamesTheFirstPartThatIsMissing()
    {
        BpfLayoutException error = Assert.Throws<BpfLayoutException>(
            () => ShapesBpf.OpenFile(Checkout.Fixture("sent.bpf.o")));

        Assert.Equal(("map points", null, "nothing"), (error.Part, error.Member, error.Found));
    }

    [Theory]
    [InlineData("map points: Hash", "map points: LruHash", "map points", null)]
    [InlineData("constant minimum: u64", "constant minimum: s64", "constant minimum", null)]
    [InlineData("variable hits", "constant hits", "constant hits", null)]
    [InlineData("program run: RawTracepoint", "program run: Kprobe", "program run", null)]
    [InlineData("COLOUR_GREEN: 5", "COLOUR_GREEN: 6", "enum colour", "COLOUR_GREEN")]
    [InlineData("high: u32:12 at bit 4", "high: u32:11 at bit 4", "struct bits", "high")]
    [InlineData("struct everything: 160 bytes", "struct everything: 168 bytes", "struct everything", null)]
    [InlineData("  tail: u16 at 9\n", "", "struct packed", "tail")]
    [InlineData("  number: u64 at 1\n", "  number: u64 at 1\n  more: u8 at 11\n", "struct packed", "more")]
    public void Check_PartThatDiffers_IsNamed(string original, string changed, string part, string? member)
    {
        BpfObjectSpec spec = ShapesBpf.Open().Object;
        string text = ObjectInterface.Read(spec).Text;
        Assert.Contains(original, text, StringComparison.Ordinal);

        BpfLayoutException error = Assert.Throws<BpfLayoutException>(
            () => ObjectInterface.Check(spec, text.Replace(original, changed, StringComparison.Ordinal)));

        Assert.Equal((part, member), (error.Part, error.Member));
    }

    [Fact]
    public void Check_ObjectWithMore_IsTaken()
    {
        BpfObjectSpec spec = ShapesBpf.Open().Object;

        ObjectInterface.Check(spec, "map ring: RingBuffer, key none, value none\nprogram run: RawTracepoint\n");
    }
}
