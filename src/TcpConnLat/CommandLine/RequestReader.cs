using System.CommandLine;
using System.CommandLine.Parsing;

namespace TcpConnLat.CommandLine;

/// <summary>Reads a command line strictly: every word has a meaning, or the whole line is refused.</summary>
internal sealed class RequestReader
{
    private readonly Syntax _syntax = new();
    private readonly ParseResult _line;

    private RequestReader(IReadOnlyList<string> arguments)
    {
        RefuseValuesOfSwitches(arguments);
        _line = _syntax.Split(arguments);
    }

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <exception cref="UsageException">A word has no meaning, or its value is wrong.</exception>
    public static Request Read(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);

        // The usual call needs no System.CommandLine, which takes long to load where it is not compiled ahead of time.
        return arguments.Count == 0 ? new Request.Trace(new TraceOptions()) : new RequestReader(arguments).Read();
    }

    private Request Read()
    {
        if (IsGiven(_syntax.Help))
        {
            return new Request.Help();
        }

        if (_line.CommandResult.Command == _syntax.Doctor)
        {
            return ReadDoctor();
        }

        TraceOptions options = ReadTrace();
        RefuseOtherErrors();
        return IsGiven(_syntax.Version) ? new Request.Version() : new Request.Trace(options);
    }

    private Request.Doctor ReadDoctor()
    {
        if (Words(_line.GetResult(_syntax.DoctorOperands)) is [string word, ..])
        {
            throw new UsageException($"doctor takes no arguments, but was given '{word}'");
        }

        foreach (Option option in _syntax.TraceSwitches.Concat<Option>(_syntax.TraceValues).Append(_syntax.Version))
        {
            if (Given(option) is { } given)
            {
                throw new UsageException($"doctor takes no options, but was given {Spelling(option, given)}");
            }
        }

        RefuseOtherErrors();
        return new Request.Doctor();
    }

    private TraceOptions ReadTrace() => new()
    {
        MinimumLatencyNanoseconds = ReadMinimum(),
        ProcessId = ReadValue<uint?>(_syntax.ProcessId, (option, word) => OptionValue.ProcessId(option, word)),
        Count = ReadValue<long?>(_syntax.Count, (option, word) => OptionValue.Count(option, word)),
        Duration = ReadValue<TimeSpan?>(_syntax.Duration, (option, word) => OptionValue.Seconds(option, word)),
        ForcedWay = ReadValue(_syntax.Attach, OptionValue.Way),
        Batch = ReadValue(_syntax.Batch, OptionValue.Batch),
        IpVersion = ReadIpVersion(),
        Columns = (IsGiven(_syntax.Timestamp) ? ExtraColumns.Time : ExtraColumns.None)
            | (IsGiven(_syntax.LocalPort) ? ExtraColumns.LocalPort : ExtraColumns.None),
        IsVerbose = IsGiven(_syntax.Verbose),
    };

    // Every word that is neither a known option nor its value ends up among the operands.
    private ulong ReadMinimum()
    {
        List<string> operands = Words(_line.GetResult(_syntax.TraceOperands));
        foreach (string word in operands)
        {
            if (word.StartsWith('-') && !IsNegativeNumber(word))
            {
                throw new UsageException($"unknown option '{word}'");
            }
        }

        if (operands.Count > 1)
        {
            throw new UsageException($"only one minimum latency can be given, but '{operands[1]}' is a second one");
        }

        return operands.Count == 0 ? 0 : OptionValue.MinimumNanoseconds(operands[0]);
    }

    private IpVersionFilter ReadIpVersion()
    {
        bool isIPv4 = IsGiven(_syntax.IPv4);
        bool isIPv6 = IsGiven(_syntax.IPv6);
        if (isIPv4 && isIPv6)
        {
            throw new UsageException("-4 and -6 exclude each other; without either, both versions are shown");
        }

        return isIPv4 ? IpVersionFilter.IPv4 : isIPv6 ? IpVersionFilter.IPv6 : IpVersionFilter.Any;
    }

    private T? ReadValue<T>(Option<string[]> option, Func<string, string, T> read)
    {
        if (Given(option) is not { } given)
        {
            return default;
        }

        string spelling = Spelling(option, given);
        List<string> words = Words(given);
        return words.Count switch
        {
            0 => throw new UsageException($"option {spelling} needs a value"),
            1 => read(spelling, words[0]),
            _ => throw new UsageException($"option {spelling} is given more than once"),
        };
    }

    // System.CommandLine would take -t=5 for -t and an operand 5.
    private void RefuseValuesOfSwitches(IReadOnlyList<string> arguments)
    {
        foreach (string word in arguments.TakeWhile(word => word != "--"))
        {
            int end = word.AsSpan().IndexOfAny('=', ':');
            string name = end < 0 ? string.Empty : word[..end];
            if (_syntax.TraceSwitches.Append(_syntax.Help).Append(_syntax.Version).Any(known => IsNamed(known, name)))
            {
                throw new UsageException($"option {name} takes no value");
            }
        }
    }

    private static bool IsNamed(Option option, string name) => option.Name == name || option.Aliases.Contains(name);

    // What is left after our own checks. A leading word in brackets is a directive to System.CommandLine, known or not.
    private void RefuseOtherErrors()
    {
        if (_line.Tokens.FirstOrDefault(token => token.Type == TokenType.Directive) is Token token)
        {
            throw new UsageException($"'{token.Value}' is not a minimum latency");
        }

        if (_line.Errors is [ParseError error, ..])
        {
            throw new UsageException(error.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }
    }

    // A switch that was not given has a result too, an implicit one.
    private OptionResult? Given(Option option) => _line.GetResult(option) is { Implicit: false } given ? given : null;

    private bool IsGiven(Option option) => Given(option) is not null;

    private static bool IsNegativeNumber(string word) =>
        word.Length > 1 && (char.IsAsciiDigit(word[1]) || word[1] == '.');

    private static string Spelling(Option option, OptionResult given) => given.IdentifierToken?.Value ?? option.Name;

    private static List<string> Words(SymbolResult? result) =>
        result?.Tokens.Select(token => token.Value).ToList() ?? [];
}
