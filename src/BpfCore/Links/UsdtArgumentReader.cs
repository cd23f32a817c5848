using System.Globalization;
using System.Runtime.InteropServices;

namespace BpfCore.Links;

/// <summary>
/// Reads the places of arguments that the assembler wrote into a note: <c>-4@%eax 8@-16(%rbp) 1@(%rbp,%rax,8)
/// 4@$71</c> on x86-64, <c>-4@[sp, 96] 8@x0 4@5</c> on arm64.
/// </summary>
internal ref struct UsdtArgumentReader
{
    private const int MaximumCount = 12; // BPF_USDT_MAX_ARG_CNT

    private readonly ReadOnlySpan<char> _text;
    private readonly Architecture _architecture;
    private int _position;

    private UsdtArgumentReader(ReadOnlySpan<char> text, Architecture architecture)
    {
        _text = text;
        _architecture = architecture;
    }

    private readonly bool IsAtEnd => _position == _text.Length;

    /// <summary>Reads all arguments of a probe.</summary>
    /// <exception cref="InvalidOperationException">They are written in a way that is not known, or there are too many.
    /// </exception>
    public static UsdtArgument[] Read(string text, Architecture architecture)
    {
        UsdtArgumentReader reader = new(text, architecture);
        List<UsdtArgument> arguments = [];
        reader.SkipSpace();
        while (!reader.IsAtEnd)
        {
            arguments.Add(reader.ReadArgument());
            reader.SkipSpace();
        }

        return arguments.Count <= MaximumCount
            ? [.. arguments]
            : throw new InvalidOperationException(
                $"the probe has {arguments.Count} arguments ({text}), more than {MaximumCount}");
    }

    private UsdtArgument ReadArgument()
    {
        long size = ReadNumber();
        Expect('@');
        UsdtArgument argument = _architecture == Architecture.Arm64 ? ReadArm64() : ReadX64();
        return Math.Abs(size) is 1 or 2 or 4 or 8
            ? argument with { Size = (int)Math.Abs(size), IsSigned = size < 0 }
            : throw Error($"a size of {size} bytes");
    }

    private UsdtArgument ReadX64()
    {
        if (Take('$'))
        {
            return new UsdtArgument(UsdtArgumentKind.Constant, 0, false, ReadNumber());
        }

        if (Take('%'))
        {
            return new UsdtArgument(UsdtArgumentKind.Register, 0, false, Register: ReadRegister());
        }

        long offset = Take('(') ? 0 : ReadOffset();
        Expect('%');
        int register = ReadRegister();
        if (!Take(','))
        {
            Expect(')');
            return new UsdtArgument(UsdtArgumentKind.Memory, 0, false, offset, register);
        }

        Expect('%');
        int index = ReadRegister();
        int shift = Take(',') ? ReadScale() : 0;
        Expect(')');
        return new UsdtArgument(UsdtArgumentKind.ScaledMemory, 0, false, offset, register, index, shift);
    }

    private UsdtArgument ReadArm64()
    {
        if (Take('['))
        {
            int register = ReadRegister();
            long offset = Take(',') ? ReadNumber() : 0;
            Expect(']');
            return new UsdtArgument(UsdtArgumentKind.Memory, 0, false, offset, register);
        }

        return !IsAtEnd && char.IsAsciiLetter(_text[_position])
            ? new UsdtArgument(UsdtArgumentKind.Register, 0, false, Register: ReadRegister())
            : new UsdtArgument(UsdtArgumentKind.Constant, 0, false, ReadNumber());
    }

    private long ReadOffset()
    {
        long offset = ReadNumber();
        Expect('(');
        return offset;
    }

    private int ReadScale() => ReadNumber() switch
    {
        1 => 0,
        2 => 1,
        4 => 2,
        8 => 3,
        long scale => throw Error($"a scale of {scale}"),
    };

    private long ReadNumber()
    {
        SkipSpace();
        int start = _position;
        while (!IsAtEnd && (char.IsAsciiDigit(_text[_position]) || (_position == start && _text[_position] == '-')))
        {
            _position++;
        }

        return long.TryParse(
            _text[start.._position], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw Error("no number");
    }

    private int ReadRegister()
    {
        SkipSpace();
        int start = _position;
        while (!IsAtEnd && char.IsAsciiLetterOrDigit(_text[_position]))
        {
            _position++;
        }

        string name = _text[start.._position].ToString();
        return UsdtRegisters.TryFind(name, _architecture, out int offset)
            ? offset
            : throw Error($"no register of {_architecture} ({name})");
    }

    private bool Take(char expected)
    {
        SkipSpace();
        if (IsAtEnd || _text[_position] != expected)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(char expected)
    {
        if (!Take(expected))
        {
            throw Error($"no '{expected}'");
        }
    }

    private void SkipSpace()
    {
        while (!IsAtEnd && _text[_position] == ' ')
        {
            _position++;
        }
    }

    private readonly InvalidOperationException Error(string found) => new(
        $"the probe's arguments \"{_text}\" have {found} at character {_position}, which is not known");
}
