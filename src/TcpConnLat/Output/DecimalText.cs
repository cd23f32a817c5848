using System.Buffers.Text;

namespace TcpConnLat.Output;

/// <summary>Numbers as C's printf writes them.</summary>
internal static class DecimalText
{
    private const int MantissaBits = 52;
    private const int ExponentBias = 1023 + MantissaBits;

    /// <summary>Writes <c>%.*f</c> of a finite value below 2^53: exact, and ties go to the even digit.</summary>
    /// <param name="destination">Where to write; 24 bytes always suffice.</param>
    /// <param name="value">The value.</param>
    /// <param name="decimals">Digits after the point, 1 to 3.</param>
    /// <returns>The number of bytes written.</returns>
    /// <remarks>
    /// <c>TryFormat("F2")</c> rounds ties away from zero: 0.125 becomes 0.13, where glibc writes 0.12. A tie is a
    /// tie of the double, not of the number of nanoseconds it came from, so the rounding starts from the double.
    /// </remarks>
    public static int WriteFixed(Span<byte> destination, double value, int decimals)
    {
        int length = 0;
        if (double.IsNegative(value))
        {
            destination[length++] = (byte)'-';
        }

        (ulong whole, uint fraction) = Split(RoundScaled(value, Scale(decimals)), decimals);
        Utf8Formatter.TryFormat(whole, destination[length..], out int digits);
        length += digits;
        destination[length++] = (byte)'.';
        for (int index = length + decimals - 1; index >= length; index--)
        {
            (fraction, uint digit) = Math.DivRem(fraction, 10);
            destination[index] = (byte)('0' + digit);
        }

        return length + decimals;
    }

    // Divisors that the compiler knows: it multiplies instead.
    private static (ulong Whole, uint Fraction) Split(ulong scaled, int decimals)
    {
        ulong whole = decimals switch
        {
            1 => scaled / 10,
            2 => scaled / 100,
            _ => scaled / 1000,
        };
        return (whole, (uint)(scaled - (whole * Scale(decimals))));
    }

    private static ulong Scale(int decimals) => decimals switch
    {
        1 => 10,
        2 => 100,
        3 => 1000,
        _ => throw new ArgumentOutOfRangeException(nameof(decimals), decimals, "1 to 3 digits are supported"),
    };

    // |value| * scale, rounded once: to the nearest whole number, ties to even.
    // A double is mantissa * 2^-shift. For values below 2^53 the shift is not negative, and the mantissa has 53 bits:
    // times 1000 it still fits 64, so that the bits shifted out say exactly on which side of the half the value is.
    private static ulong RoundScaled(double value, ulong scale)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value);
        int exponent = (int)(bits >> MantissaBits) & 0x7ff;
        int shift = ExponentBias - exponent;
        ulong mantissa = (bits & ((1UL << MantissaBits) - 1)) | (1UL << MantissaBits);
        if (shift < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, "the value must be below 2^53");
        }

        if (exponent == 0 || shift >= 64)
        {
            return 0;
        }

        ulong scaled = mantissa * scale;
        ulong rounded = scaled >> shift;
        ulong rest = scaled - (rounded << shift);
        ulong half = shift == 0 ? ulong.MaxValue : 1UL << (shift - 1);
        return rest > half || (rest == half && (rounded & 1) == 1) ? rounded + 1 : rounded;
    }
}
