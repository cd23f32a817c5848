using BpfCore.Typed;
using BpfGen.Tests.Fixtures;
using Xunit;

namespace BpfGen.Tests.Layout;

public sealed class BitFieldTests
{
    [Fact]
    public void Get_BitsThatTheCompilerWrote_AreThoseOfTheSource()
    {
        ShapesBpf.Bits bits = ShapesBpf.Open().Variables.Bits;

        Assert.Equal((9u, 0xabcu, 0x81u), (bits.Low, bits.High, bits.Top));
        Assert.Equal((-7, 0x123456789aul, true), (bits.Negative, bits.Wide, bits.Flag));
        Assert.Equal(ShapesBpf.Colour.Blue, bits.Colour);
        Assert.Equal(3u, (uint)bits.Sign); // clang 14 does not tell that the enumeration has a sign
    }

    [Fact]
    public void Set_OneField_LeavesTheOthers()
    {
        ShapesBpf.Bits bits = ShapesBpf.Open().Variables.Bits;

        bits.High = 0x123;
        bits.Negative = -16;
        bits.Wide = 0xff_ffff_fffful;
        bits.Flag = false;

        Assert.Equal((9u, 0x123u, 0x81u), (bits.Low, bits.High, bits.Top));
        Assert.Equal((-16, 0xff_ffff_fffful, false), (bits.Negative, bits.Wide, bits.Flag));
        Assert.Equal(ShapesBpf.Colour.Blue, bits.Colour);
    }

    [Fact]
    public void Set_ValueThatDoesNotFit_LosesItsHighBitsAsInC()
    {
        ShapesBpf.Bits bits = default;

        bits.Low = 0x1f;

        Assert.Equal((15u, 0u), (bits.Low, bits.High));
    }

    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 64)]
    [InlineData(7, 58)]
    [InlineData(63, 1)]
    [InlineData(64, 64)]
    [InlineData(120, 8)]
    public void Set_EveryPlace_IsReadBack(int offset, int count)
    {
        UInt128 all = UInt128.MaxValue;
        ulong value = 0x0123_4567_89ab_cdef & (count == 64 ? ulong.MaxValue : (1ul << count) - 1);

        BitField.Set(ref all, offset, count, value);

        Assert.Equal(value, BitField.Get(in all, offset, count));
        UInt128 mask = ((UInt128.One << count) - 1) << offset;
        Assert.Equal(UInt128.MaxValue & ~mask, all & ~mask);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 0)]
    [InlineData(0, 65)]
    [InlineData(127, 2)]
    [InlineData(int.MaxValue, 64)]
    public void Get_OutsideOfTheStructure_IsRefused(int offset, int count)
    {
        UInt128 all = 0;

        Assert.Throws<ArgumentOutOfRangeException>(() => BitField.Get(in all, offset, count));
    }
}
