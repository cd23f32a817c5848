using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public class CHeaderTests
{
    private readonly BtfBuilder _types = new();

    [Fact]
    public void Write_PointersBothWays_DeclaresTheTagBeforeTheDefinition()
    {
        uint first = 2;
        uint second = _types.Pointer(first);
        _types.Struct("node", 16, ("peer", 3, 0), ("next", second, 64));
        _types.Pointer(4);
        _types.Struct("peer", 8, ("owner", second, 0));

        Assert.Equal(
            "struct peer;\n\nstruct node {\n\tstruct peer *peer;\n\tstruct node *next;\n};\n\n"
            + "struct peer {\n\tstruct node *owner;\n};\n\n",
            Body());
    }

    [Fact]
    public void Write_MemberByValue_DefinesItsTypeBefore()
    {
        uint number = _types.Int("int", 4, signed: true);
        _types.Struct("outer", 4, ("inner", 3, 0));
        _types.Struct("inner", 4, ("value", number, 0));

        Assert.Equal(
            "struct inner {\n\tint value;\n};\n\nstruct outer {\n\tstruct inner inner;\n};\n\n", Body());
    }

    [Fact]
    public void Write_TypesOfOneName_BecomeFlavours()
    {
        uint number = _types.Int("int", 4, signed: true);
        _types.Struct("twin", 4, ("first", number, 0));
        _types.Struct("twin", 4, ("second", number, 0));
        _types.Enum("twin", false, ("same", 0));
        _types.Typedef("twin", number);
        _types.Typedef("same", number);

        Assert.Equal(
            "struct twin {\n\tint first;\n};\n\nstruct twin___2 {\n\tint second;\n};\n\n"
            + "enum twin___3 {\n\tsame___2 = 0,\n};\n\ntypedef int twin;\n\ntypedef int same;\n\n",
            Body());
    }

    [Fact]
    public void Write_MemberWhereAlignmentDoesNotLetIt_PacksTheStructure()
    {
        uint number = _types.Int("int", 4, signed: true);
        uint letter = _types.Int("char", 1, signed: true);
        _types.Struct("packed", 6, ("letter", letter, 0), ("number", number, 16));

        Assert.Equal(
            "struct packed {\n\tchar letter;\n\tchar: 8;\n\tint number;\n} __attribute__((packed));\n\n", Body());
    }

    [Fact]
    public void Write_GapLargerThanAlignment_IsFilledWithUnnamedBitfields()
    {
        uint number = _types.Int("int", 4, signed: true);
        _types.Struct("aligned", 32, ("first", number, 0), ("second", number, 128));

        Assert.Equal(
            "struct aligned {\n\tint first;\n\tint: 32; long: 64;\n\tint second;\n\tint: 32; long: 64;\n};\n\n", Body());
    }

    [Fact]
    public void Write_Bitfields_KeepTheirOffsets()
    {
        uint number = _types.Int("unsigned int", 4);
        _types.Add(
            BtfKind.Struct, "flags", 8, 3, flag: true,
            words:
            [
                _types.Name("low"), number, 3u << 24,
                _types.Name("high"), number, (5u << 24) | 7,
                _types.Name("next"), number, (1u << 24) | 32,
            ]);

        Assert.Equal(
            "struct flags {\n\tunsigned int low: 3;\n\tchar: 4;\n\tunsigned int high: 5;\n\tchar: 4; short: 16;\n"
            + "\tunsigned int next: 1;\n};\n\n",
            Body());
    }

    [Fact]
    public void Write_PointerToArrayOfPointersToFunctions_IsReadInsideOut()
    {
        uint number = _types.Int("int", 4, signed: true);
        uint prototype = _types.Prototype(number, ("first", number), ("", 0));
        uint array = _types.Array(_types.Const(_types.Pointer(prototype)), number, 3);
        _types.Typedef("table", _types.Pointer(array));

        Assert.Equal("typedef int (*const (*table)[3])(int, ...);\n\n", Body());
    }

    [Fact]
    public void Write_EnumerationWithoutNameOrUse_StandsAlone()
    {
        _types.Enum("", false, ("ONE", 1), ("TWO", 2));
        _types.Typedef("size", _types.Enum64("", true, ("LEAST", 0x8000_0000_0000_0000), ("MOST", 0x7FFF_FFFF_FFFF_FFFF)));

        Assert.Equal(
            "enum {\n\tONE = 1,\n\tTWO = 2,\n};\n\ntypedef enum {\n\tLEAST = (-9223372036854775807LL - 1),\n"
            + "\tMOST = 9223372036854775807LL,\n} size;\n\n",
            Body());
    }

    [Fact]
    public void Write_AnonymousMemberOfNamedType_ShowsTheMembersInPlace()
    {
        uint number = _types.Int("int", 4, signed: true);
        uint part = _types.Struct("part", 4, ("value", number, 0));
        _types.Struct("whole", 8, ("", part, 0), ("rest", number, 32));

        Assert.EndsWith(
            "struct whole {\n\tstruct {\n\t\tint value;\n\t};\n\tint rest;\n};\n\n", Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_IntegerThatOnlyACompilerKnows_IsMadeOfOneThatCKnows()
    {
        uint poly = _types.Int("__Poly8_t", 1);
        _types.Typedef("poly8_t", poly);

        Assert.Equal("typedef unsigned char __Poly8_t;\n\ntypedef __Poly8_t poly8_t;\n\n", Body());
    }

    [Theory]
    [InlineData(2u, "contains itself")]
    [InlineData(3u, "does it contain itself?")]
    public void Write_StructureWithinItself_IsRefused(uint member, string reason)
    {
        uint number = _types.Int("int", 4);
        _types.Struct("outer", 8, ("self", member, 0));
        _types.Struct("", 8, ("self", 3, 0));
        Assert.Equal(1u, number);

        BpfFormatException error = Assert.Throws<BpfFormatException>(Body);

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_GapOfManyPages_IsAnArray()
    {
        uint number = _types.Int("unsigned int", 4);
        _types.Struct("far", 1_000_004, ("near", number, 0), ("far", number, 8_000_000));

        Assert.Equal(
            "struct far {\n\tunsigned int near;\n\tchar __gap_4[999996];\n\tunsigned int far;\n};\n\n", Body());
    }

    // What stands between the pragmas.
    private string Body()
    {
        StringWriter output = new();
        CHeaderWriter.Write(_types.Read(), output);
        string text = output.ToString();
        int begin = text.IndexOf("#endif\n\n", StringComparison.Ordinal) + "#endif\n\n".Length;
        return text[begin..text.LastIndexOf("\n#ifndef", StringComparison.Ordinal)];
    }
}
