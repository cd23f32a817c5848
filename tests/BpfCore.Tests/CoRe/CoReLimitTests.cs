using BpfCore.Btf;
using BpfCore.CoRe;
using Xunit;
using static BpfCore.Tests.Linking.ProgramBuilder;

namespace BpfCore.Tests.CoRe;

/// <summary>Types and programs that no compiler makes, which would take for ever or exhaust the stack.</summary>
public sealed class CoReLimitTests
{
    private const int TooDeep = CoReCompatibility.MaximumDepth + 1;

    private readonly Btf.BtfBuilder _types = new();

    [Fact]
    public void AreTypesCompatible_PointersOfPointers_EndAtTheLimit()
    {
        BtfType chain = Chain(_types.Int("int", 4), _types.Pointer);

        Assert.Equal(
            "types nest deeper than 32 levels", Refusal(() => CoReCompatibility.AreTypesCompatible(chain, chain)));
    }

    [Fact]
    public void AreTypesCompatible_PrototypesOfPrototypes_EndAtTheLimit()
    {
        BtfType chain = Chain(_types.Int("int", 4), inner => _types.Prototype(0, ("f", inner)));

        Assert.Equal(
            "function prototypes nest deeper than 32 levels",
            Refusal(() => CoReCompatibility.AreTypesCompatible(chain, chain)));
    }

    [Fact]
    public void AreFieldsCompatible_ArraysOfArrays_EndAtTheLimit()
    {
        uint number = _types.Int("int", 4);
        BtfType chain = Chain(number, inner => _types.Array(inner, number, 1));

        Assert.Equal(
            "arrays nest deeper than 32 levels", Refusal(() => CoReCompatibility.AreFieldsCompatible(chain, chain)));
    }

    [Fact]
    public void Matches_PointersOfPointers_EndAtTheLimit()
    {
        BtfType chain = Chain(_types.Int("int", 4), _types.Pointer);

        Assert.Equal("types nest deeper than 32 levels", Refusal(() => CoReTypeMatch.Matches(chain, chain)));
    }

    [Fact]
    public void Matches_StructuresThatEachHoldTwoOfTheNext_EndAfterAMillionSteps()
    {
        uint inner = _types.Int("int", 4);
        for (int level = 0; level < 28; level++)
        {
            inner = _types.Struct($"s{level}", 8, ("a", inner, 0), ("b", inner, 32));
        }

        BtfType type = _types.Read()[new BtfTypeId(inner)];

        Assert.Equal(
            "comparing the types takes more than 1000000 steps", Refusal(() => CoReTypeMatch.Matches(type, type)));
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(65, true)]
    public void Parse_AccessString_HasRoomFor64Indexes(int count, bool isRefused)
    {
        byte[] text = System.Text.Encoding.ASCII.GetBytes(string.Join(':', Enumerable.Repeat("0", count)));
        int[] indexes = new int[CoReAccessor.MaximumLength];

        Exception? refusal = Record.Exception(() => Assert.Equal(count, CoReAccessor.Parse(text, indexes)));

        Assert.Equal(isRefused ? "the access string has more than 64 indexes" : null, refusal?.Message);
    }

    [Theory]
    [InlineData(255, false)] // and the program itself
    [InlineData(256, true)]
    public void Link_ChainOfSubprograms_EndsAtTheKernelsLimit(int count, bool isRefused)
    {
        Linking.ProgramBuilder builder = new();
        for (int index = 0; index < count; index++)
        {
            builder.AddSubprogram($"f{index}", index < count - 1 ? Call(1) : Mark(1), Exit);
        }

        builder.Program(Call(), Exit).Relocate(0, "f0");

        Exception? refusal = Record.Exception(() => Assert.Equal((count + 1) * 2, builder.Link().Instructions.Length));

        Assert.Equal(isRefused, refusal is BpfRelocationException);
        Assert.Contains(isRefused ? "has 256 functions already" : "", refusal?.Message ?? "", StringComparison.Ordinal);
    }

    private static string Refusal(Action compare) => Assert.Throws<CoReFault>(compare).Message;

    private BtfType Chain(uint first, Func<uint, uint> wrap)
    {
        uint id = first;
        for (int level = 0; level < TooDeep; level++)
        {
            id = wrap(id);
        }

        return _types.Read()[new BtfTypeId(id)];
    }
}
