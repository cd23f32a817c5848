using System.Text;
using TcpConnLat.Output;
using Xunit;

namespace TcpConnLat.Tests.Output;

public sealed class DecimalTextTests
{
    [Theory]
    [InlineData(0, "0.00")]
    [InlineData(15_000, "0.01")] // 0.015 as a double is below the tie
    [InlineData(25_000, "0.03")] // 0.025 as a double is above the tie
    [InlineData(125_000, "0.12")] // 0.125 is a tie: to even
    [InlineData(375_000, "0.38")] // 0.375 is a tie: to even
    [InlineData(625_000, "0.62")]
    [InlineData(875_000, "0.88")]
    [InlineData(4_999, "0.00")]
    [InlineData(5_001, "0.01")]
    [InlineData(994_999, "0.99")]
    [InlineData(999_999, "1.00")]
    [InlineData(1_000_000, "1.00")]
    [InlineData(9_999_995_001, "10000.00")]
    public void WriteFixed_Milliseconds_AreRoundedAsPrintfDoes(ulong nanoseconds, string expected)
    {
        Assert.Equal(expected, Write(nanoseconds / 1e6, 2));
    }

    [Theory]
    [InlineData(0.0005, 3, "0.001")] // the double is above the tie
    [InlineData(0.0625, 3, "0.062")]
    [InlineData(0.1875, 3, "0.188")]
    [InlineData(-0.25, 3, "-0.250")]
    [InlineData(-0.0001, 3, "-0.000")]
    [InlineData(0.25, 1, "0.2")]
    [InlineData(1e-300, 2, "0.00")]
    [InlineData(double.Epsilon, 2, "0.00")]
    [InlineData(9007199254740991, 2, "9007199254740991.00")]
    public void WriteFixed_AnyValue_IsRoundedOnce(double value, int decimals, string expected)
    {
        Assert.Equal(expected, Write(value, decimals));
    }

    [Theory]
    [InlineData(18014398509481984)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NaN)]
    public void WriteFixed_ValueItCannotHold_IsRefused(double value)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Write(value, 2));
    }

    private static string Write(double value, int decimals)
    {
        byte[] destination = new byte[24];
        int length = DecimalText.WriteFixed(destination, value, decimals);
        return Encoding.ASCII.GetString(destination, 0, length);
    }
}
