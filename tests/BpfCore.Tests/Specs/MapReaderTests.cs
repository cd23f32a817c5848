using BpfCore.Btf;
using BpfCore.Elf;
using BpfCore.Specs;
using BpfCore.Tests.Btf;
using BpfCore.Tests.Elf;
using Xunit;

namespace BpfCore.Tests.Specs;

public sealed class MapReaderTests
{
    private const uint MapSize = 32;

    private readonly ElfBuilder _elf = new();
    private readonly BtfBuilder _types = new();
    private readonly uint _int;

    public MapReaderTests()
    {
        _int = _types.Int("int", 4);
    }

    [Fact]
    public void Read_TypesOfKeyAndValue_GiveSizesAndIds()
    {
        uint value = _types.Typedef("value_t", _types.Struct("value", 24));
        MapSpec map = Read(
            ("type", Number(1)), ("max_entries", Number(7)), ("key", Type(_int)), ("value", Type(value)));

        Assert.Equal((MapType.Hash, 7u, 4u, 24u), (map.Type, map.MaxEntries, map.KeySize, map.ValueSize));
        Assert.Equal((_int, value), (map.KeyTypeId.Value, map.ValueTypeId.Value));
        Assert.Equal(("m", "m", ".maps"), (map.Name, map.KernelName, map.SectionName));
        Assert.Null(map.Contents);
    }

    [Fact]
    public void Read_AllNumbers_AreTaken()
    {
        MapSpec map = Read(
            ("type", Number(2)), ("key_size", Number(4)), ("value_size", Number(5)), ("map_flags", Number(6)),
            ("numa_node", Number(7)), ("map_extra", Number(8)), ("pinning", Number(1)));

        Assert.Equal((4u, 5u, 6u), (map.KeySize, map.ValueSize, map.Flags));
        Assert.Equal((7u, 8ul, 1u), (map.NumaNode, map.Extra, map.Pinning));
        Assert.True(map.KeyTypeId.IsVoid);
    }

    // __ulong(map_extra, …) is an enumeration with one value, which may have 64 bits.
    [Fact]
    public void Read_LongNumber_IsTakenFromEnumeration()
    {
        uint extra = _types.Enum64("", signed: false, ("__unique_value0", 0x1_0000_0000_0000));
        MapSpec map = Read(("type", Number(33)), ("map_extra", extra));

        Assert.Equal(0x1_0000_0000_0000ul, map.Extra);
    }

    [Fact]
    public void Read_SizeAndTypeThatAgree_AreTaken() =>
        Assert.Equal(4u, Read(("type", Number(1)), ("key_size", Number(4)), ("key", Type(_int))).KeySize);

    [Fact]
    public void Read_ConflictingSizes_AreRefused() => AssertRefused(
        "map m: conflicting key sizes 8 and 4", ("type", Number(1)), ("key_size", Number(8)), ("key", Type(_int)));

    [Fact]
    public void Read_UnknownField_IsRefused() =>
        AssertRefused("map m: unknown field `colour`", ("type", Number(1)), ("colour", Number(1)));

    [Fact]
    public void Read_NoType_IsRefused() =>
        AssertRefused("map m: no type; add __uint(type, ", ("max_entries", Number(1)));

    [Fact]
    public void Read_FieldThatIsNoNumber_IsRefused() =>
        AssertRefused("field `type` is ", ("type", _int));

    [Fact]
    public void Read_FieldThatIsNoType_IsRefused() =>
        AssertRefused("expected a type: __type(key, …)", ("type", Number(1)), ("key", _int));

    [Fact]
    public void Read_TypeWithoutSize_IsRefused() =>
        AssertRefused("has no size", ("type", Number(1)), ("value", Type(0)));

    [Fact]
    public void Read_PinningOfAnotherKind_IsRefused() => AssertRefused(
        "map m: pinning 2, expected 0 (not at all) or 1 (LIBBPF_PIN_BY_NAME)",
        ("type", Number(1)), ("pinning", Number(2)));

    [Fact]
    public void Read_ValuesOfAMapThatHoldsData_AreRefused() => AssertRefused(
        "field `values` is for maps of maps and program arrays, not for Hash",
        ("type", Number(1)), ("values", Values(_types.Pointer(_types.Struct("", 0)))));

    [Fact]
    public void Read_ValuesThatAreNoArray_AreRefused() =>
        AssertRefused("expected an array of unknown length", ("type", Number(12)), ("values", _int));

    [Fact]
    public void Read_ValuesThatAreNoPointers_AreRefused() =>
        AssertRefused("expected pointers", ("type", Number(12)), ("values", Values(_int)));

    [Fact]
    public void Read_ValuesOfAProgramArrayThatAreNoFunctions_AreRefused() => AssertRefused(
        "the values of a program array are ", ("type", Number(3)), ("values", Values(_types.Pointer(_int))));

    [Fact]
    public void Read_StaticMap_IsRefused()
    {
        uint variable = _types.Variable("m", _types.Struct("", MapSize), BtfLinkage.Static);

        AssertRefused("map m is Static; a map must be global", [(variable, 0, MapSize)]);
    }

    [Fact]
    public void Read_MapThatIsNoStructure_IsRefused() =>
        AssertRefused("expected a structure", [(_types.Variable("m", _int), 0, 4)]);

    [Fact]
    public void Read_ElementThatIsNoVariable_IsRefused() => AssertRefused("is no variable", [(_int, 0, 4)]);

    [Fact]
    public void Read_MapPastTheSection_IsRefused() => AssertRefused(
        "map m reaches past the end of the section", [(_types.Variable("m", _types.Struct("", MapSize)), 8, MapSize)]);

    [Fact]
    public void Read_MapsWithoutTypes_AreRefused()
    {
        _elf.Add(".maps", ElfSectionKind.ProgramBits, new byte[MapSize]);

        Assert.Contains(
            "no BTF describes the maps; compile with -g",
            Assert.Throws<BpfFormatException>(() => BpfObjectSpec.Read(_elf.Build(), "x.o")).Message,
            StringComparison.Ordinal);
    }

    private uint Number(uint value) => _types.Pointer(_types.Array(_int, _int, value));

    private uint Values(uint element) => _types.Array(element, _int, 0);

    private uint Type(uint type) => _types.Pointer(type);

    private MapSpec Read(params (string Name, uint Type)[] fields)
    {
        (string, uint, uint)[] members =
            [.. fields.Select((field, index) => (field.Name, field.Type, (uint)index * 64))];
        uint definition = _types.Struct("", MapSize, members);
        return Assert.Single(Read([(_types.Variable("m", definition), 0u, MapSize)]).Maps);
    }

    private BpfObjectSpec Read((uint Variable, uint Offset, uint Size)[] maps)
    {
        // With a size other than 0 the offsets are taken as they stand.
        _types.DataSection(".maps", MapSize, maps);
        _elf.AddSymbol("m", ElfSymbolKind.Object, _elf.Add(".maps", ElfSectionKind.ProgramBits, new byte[MapSize]), 0);
        _elf.Add(".BTF", ElfSectionKind.ProgramBits, _types.Build());
        return BpfObjectSpec.Read(_elf.Build(), "x.o");
    }

    private void AssertRefused(string problem, params (string Name, uint Type)[] fields)
    {
        BpfFormatException error = Assert.Throws<BpfFormatException>(() => Read(fields));
        Assert.Equal(("x.o", ".maps"), (error.Input, error.Section));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    private void AssertRefused(string problem, (uint Variable, uint Offset, uint Size)[] maps) =>
        Assert.Contains(
            problem, Assert.Throws<BpfFormatException>(() => Read(maps)).Message, StringComparison.Ordinal);
}
