using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Writes a value of the kernel's configuration the way the object declares it (libbpf's <c>set_kcfg_value_*</c>).
/// </summary>
internal static class ConfigurationValue
{
    // enum libbpf_tristate
    private const int No = 0;
    private const int Yes = 1;
    private const int Module = 2;

    /// <summary>Writes the value of an option.</summary>
    /// <param name="spec">The extern.</param>
    /// <param name="text">What the configuration says.</param>
    /// <param name="target">The extern's bytes, all zero.</param>
    /// <exception cref="KernelFeatureException">The value is of another form, or too large.</exception>
    public static void Write(ExternSpec spec, string text, Span<byte> target)
    {
        switch (text)
        {
            case ['y' or 'n' or 'm', ..]:
                WriteTristate(spec, text[0], target);
                break;
            case ['"', ..]:
                WriteText(spec, text, target);
                break;
            default:
                WriteNumber(spec, text, target);
                break;
        }
    }

    /// <summary>Writes a number that the loader itself knows, such as the kernel's version.</summary>
    /// <exception cref="KernelFeatureException">It does not fit.</exception>
    public static void Write(ExternSpec spec, ulong number, Span<byte> target)
    {
        bool takesNumber = spec.Form switch
        {
            ConfigurationKind.Integer or ConfigurationKind.Character => Fits(spec, number),
            ConfigurationKind.Boolean => number <= 1,
            _ => false,
        };
        if (!takesNumber)
        {
            throw Mismatch(spec, number.ToString(CultureInfo.InvariantCulture));
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, number);
        bytes[..target.Length].CopyTo(target);
    }

    private static void WriteTristate(ExternSpec spec, char letter, Span<byte> target)
    {
        target[0] = (spec.Form, letter) switch
        {
            (ConfigurationKind.Character, _) => (byte)letter,
            (ConfigurationKind.Boolean or ConfigurationKind.Tristate, 'y') => Yes,
            (ConfigurationKind.Boolean or ConfigurationKind.Tristate, 'n') => No,
            (ConfigurationKind.Tristate, 'm') => Module,
            _ => throw Mismatch(spec, letter.ToString()),
        };
    }

    // A text that is too long is cut, as libbpf does; there is always a NUL at the end.
    private static void WriteText(ExternSpec spec, string text, Span<byte> target)
    {
        if (spec.Form != ConfigurationKind.Text || text.Length < 2 || text[^1] != '"')
        {
            throw Mismatch(spec, text);
        }

        ReadOnlySpan<byte> bytes = Encoding.UTF8.GetBytes(text[1..^1]);
        bytes[..Math.Min(bytes.Length, target.Length - 1)].CopyTo(target);
    }

    private static void WriteNumber(ExternSpec spec, string text, Span<byte> target)
    {
        if (spec.Form is not (ConfigurationKind.Integer or ConfigurationKind.Character)
            || !TryParse(text, out ulong number))
        {
            throw Mismatch(spec, text);
        }

        Write(spec, number, target);
    }

    // The forms of strtoull() with base 0: decimal, 0x hexadecimal, 0 octal, each with a sign, blanks before it.
    private static bool TryParse(ReadOnlySpan<char> text, out ulong number)
    {
        text = text.TrimStart(" \t\v\f\r");
        bool isNegative = text.StartsWith('-');
        ReadOnlySpan<char> digits = isNegative || text.StartsWith('+') ? text[1..] : text;
        bool isParsed = digits switch
        {
            ['0', 'x' or 'X', ..] => ulong.TryParse(
                digits[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number),
            ['0', ..] => TryParseOctal(digits, out number),
            _ => ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number),
        };
        number = isNegative ? unchecked(0 - number) : number;
        return isParsed;
    }

    private static bool TryParseOctal(ReadOnlySpan<char> digits, out ulong number)
    {
        number = 0;
        foreach (char digit in digits)
        {
            if (digit is < '0' or > '7' || number > ulong.MaxValue >> 3)
            {
                return false;
            }

            number = (number << 3) | (uint)(digit - '0');
        }

        return true;
    }

    // In two's complement: a signed number of n bits, moved up by 2^(n-1), is one of n bits without sign.
    private static bool Fits(ExternSpec spec, ulong number)
    {
        int bits = (int)spec.Size * 8;
        ulong shifted = unchecked(number + (spec.IsSigned ? 1ul << (bits - 1) : 0));
        return bits == 64 || shifted >> bits == 0;
    }

    private static KernelFeatureException Mismatch(ExternSpec spec, string value) => new(
        $"extern {spec.Name}",
        $"the value {value} fits no {Describe(spec)}, as which the object declares it");

    private static string Describe(ExternSpec spec) => spec.Form switch
    {
        ConfigurationKind.Boolean => "bool",
        ConfigurationKind.Tristate => "enum libbpf_tristate",
        ConfigurationKind.Character => "char",
        ConfigurationKind.Text => $"char[{spec.Size}]",
        _ => $"{(spec.IsSigned ? "signed" : "unsigned")} integer of {spec.Size} bytes",
    };
}
