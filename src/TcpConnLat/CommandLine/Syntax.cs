using System.CommandLine;

namespace TcpConnLat.CommandLine;

/// <summary>The options and operands that the tool knows, as System.CommandLine splits them.</summary>
/// <remarks>
/// Values are taken as plain words, any number of them, and judged by <see cref="RequestReader"/>: System.CommandLine
/// would take <c>-1</c> for a value and an unknown option for an operand, and its messages run over several lines.
/// The root is a plain <see cref="Command"/>, as a root command would bring directives and response files along.
/// </remarks>
internal sealed class Syntax
{
    private const string Name = "tcpconnlat";

    private static readonly ParserConfiguration s_configuration = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    private readonly Command _root;

    /// <summary>Builds the syntax.</summary>
    public Syntax()
    {
        Doctor = new Command("doctor") { Operands(out Argument<string[]> doctorOperands) };
        DoctorOperands = doctorOperands;
        _root = new Command(Name) { Operands(out Argument<string[]> operands), Doctor };
        TraceOperands = operands;
        // Without an action, a call without a sub-command would be an error.
        _root.SetAction(_ => ExitCode.Success);
        foreach (Option option in TraceSwitches.Concat<Option>(TraceValues).Append(Help).Append(Version))
        {
            _root.Add(option);
        }
    }

    /// <summary>The sub-command that examines the system.</summary>
    public Command Doctor { get; }

    /// <summary>Words after <c>doctor</c> that belong to no option.</summary>
    public Argument<string[]> DoctorOperands { get; }

    /// <summary>Words of a trace that belong to no option: the minimum latency, unknown options.</summary>
    public Argument<string[]> TraceOperands { get; }

    /// <summary><c>-h</c>, also after a sub-command.</summary>
    public Option<bool> Help { get; } = Switch("--help", "-h", isRecursive: true);

    /// <summary><c>--version</c>.</summary>
    public Option<bool> Version { get; } = Switch("--version");

    /// <summary><c>-t</c>.</summary>
    public Option<bool> Timestamp { get; } = Switch("--timestamp", "-t");

    /// <summary><c>-L</c>.</summary>
    public Option<bool> LocalPort { get; } = Switch("--lport", "-L");

    /// <summary><c>-v</c>.</summary>
    public Option<bool> Verbose { get; } = Switch("--verbose", "-v");

    /// <summary><c>-4</c>.</summary>
    public Option<bool> IPv4 { get; } = Switch("--ipv4", "-4");

    /// <summary><c>-6</c>.</summary>
    public Option<bool> IPv6 { get; } = Switch("--ipv6", "-6");

    /// <summary><c>-p PID</c>.</summary>
    public Option<string[]> ProcessId { get; } = Value("--pid", "-p");

    /// <summary><c>-c COUNT</c>.</summary>
    public Option<string[]> Count { get; } = Value("--count", "-c");

    /// <summary><c>--duration SECONDS</c>.</summary>
    public Option<string[]> Duration { get; } = Value("--duration");

    /// <summary><c>--attach WAY</c>.</summary>
    public Option<string[]> Attach { get; } = Value("--attach");

    /// <summary><c>--batch COUNT</c>.</summary>
    public Option<string[]> Batch { get; } = Value("--batch");

    /// <summary>The options of a trace that take no value.</summary>
    public IReadOnlyList<Option<bool>> TraceSwitches => [Timestamp, LocalPort, Verbose, IPv4, IPv6];

    /// <summary>The options of a trace that take a value.</summary>
    public IReadOnlyList<Option<string[]>> TraceValues => [ProcessId, Count, Duration, Attach, Batch];

    /// <summary>Splits a command line into options and operands.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    // The program's name in front, as System.CommandLine drops a first word that is the name of the root.
    public ParseResult Split(IReadOnlyList<string> arguments) =>
        _root.Parse([Name, .. ShortOptions.Expand(arguments)], s_configuration);

    private static Option<bool> Switch(string name, string? alias = null, bool isRecursive = false) =>
        new(name, alias is null ? [] : [alias]) { Arity = ArgumentArity.Zero, Recursive = isRecursive };

    private static Option<string[]> Value(string name, string? alias = null) =>
        new(name, alias is null ? [] : [alias]) { Arity = ArgumentArity.ZeroOrMore };

    private static Argument<string[]> Operands(out Argument<string[]> operands)
    {
        operands = new Argument<string[]>("operands") { Arity = ArgumentArity.ZeroOrMore };
        return operands;
    }
}
