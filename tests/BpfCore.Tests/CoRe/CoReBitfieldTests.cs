using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>Bitfields: the load that covers them and the shifts that cut them out.</summary>
public class CoReBitfieldTests
{
    // bits at 35..39 of a 32-bit field: loaded from byte 4; at 30..36 they need 64 bits from byte 0.
    [Theory]
    [InlineData(35u, 5u, 4u, 4u, 4u, 64 - 8, 64 - 5)]
    [InlineData(30u, 7u, 4u, 0u, 8u, 64 - 37, 64 - 7)]
    [InlineData(3u, 1u, 1u, 0u, 1u, 64 - 4, 64 - 1)]
    [InlineData(15u, 2u, 1u, 0u, 4u, 64 - 17, 64 - 2)] // 8, 16, then 32 bits
    [InlineData(64u, 64u, 8u, 8u, 8u, 0, 0)]
    public void Resolve_Bitfield_IsCoveredByTheSmallestLoad(
        uint bitOffset, uint bits, uint declaredSize, ulong byteOffset, ulong byteSize, int left, int right)
    {
        CoReCase test = Bitfield(bitOffset, bits, declaredSize, out uint type);

        Assert.Equal(byteOffset, test.Number(CoReRelocationKind.FieldByteOffset, type, "0:0"));
        Assert.Equal(byteSize, test.Number(CoReRelocationKind.FieldByteSize, type, "0:0"));
        Assert.Equal((ulong)left, test.Number(CoReRelocationKind.FieldLeftShift, type, "0:0"));
        Assert.Equal((ulong)right, test.Number(CoReRelocationKind.FieldRightShift, type, "0:0"));
    }

    [Theory]
    [InlineData(CoReRelocationKind.FieldByteOffset, false)]
    [InlineData(CoReRelocationKind.FieldByteSize, false)]
    [InlineData(CoReRelocationKind.FieldLeftShift, false)]
    [InlineData(CoReRelocationKind.FieldRightShift, true)]
    [InlineData(CoReRelocationKind.FieldSigned, true)]
    [InlineData(CoReRelocationKind.FieldExists, true)]
    public void Resolve_Bitfield_ExpectsOnlyWhatIsBeyondDoubt(CoReRelocationKind kind, bool isExpected)
    {
        CoReCase test = Bitfield(3, 5, 4, out uint type);

        Assert.Equal(isExpected, test.Resolve(kind, type, "0:0").Old.IsExpected);
    }

    [Fact]
    public void Resolve_BitfieldWiderThanAnyLoad_IsRefused()
    {
        CoReCase test = Bitfield(60, 10, 8, out uint type);

        CoReFault fault = Assert.Throws<CoReFault>(
            () => test.Resolve(CoReRelocationKind.FieldByteSize, type, "0:0"));

        Assert.Contains("64-bit load", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_BitfieldOfEmptyType_IsRefused()
    {
        CoReCase test = Bitfield(0, 5, 0, out uint type);

        Assert.Throws<CoReFault>(() => test.Resolve(CoReRelocationKind.FieldByteSize, type, "0:0"));
    }

    [Theory]
    [InlineData(0u, 3u)]
    [InlineData(3u, 0u)]
    public void Resolve_FieldThatBecomesBitfieldOrBack_BreaksLoads(uint localBits, uint targetBits)
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4, ("x", test.Local.Int("unsigned int", 4), 0, localBits));
        test.Target.Struct("thing", 4, ("x", test.Target.Int("unsigned int", 4), 0, targetBits));

        Assert.True(test.Resolve(CoReRelocationKind.FieldByteOffset, type, "0:0").BreaksMemoryAccess);
    }

    private static CoReCase Bitfield(uint bitOffset, uint bits, uint declaredSize, out uint type)
    {
        CoReCase test = new();
        type = test.Local.Struct("thing", 16, ("x", test.Local.Int("int", 4), 0, 5));
        test.Target.Struct("thing", 16, ("x", test.Target.Int("int", declaredSize), bitOffset, bits));
        return test;
    }
}
