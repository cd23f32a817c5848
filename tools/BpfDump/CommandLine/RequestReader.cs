using System.CommandLine;
using System.CommandLine.Parsing;

namespace BpfDump.CommandLine;

/// <summary>Reads a command line: every word has a meaning, or the whole line is refused.</summary>
internal static class RequestReader
{
    private static readonly Syntax s_syntax = new();

    /// <summary>Reads a command line.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    /// <exception cref="UsageException">A word has no meaning, or one is missing.</exception>
    public static Request Read(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        ParseResult line = s_syntax.Split(arguments);
        if (line.GetValue(s_syntax.Help))
        {
            return new Request.Help();
        }

        if (line.Errors is [ParseError error, ..])
        {
            throw new UsageException(error.Message.ReplaceLineEndings(" ").TrimEnd('.'));
        }

        return line.GetValue(s_syntax.Version) ? new Request.Version() : ReadCommand(line);
    }

    private static Request ReadCommand(ParseResult line)
    {
        Command command = line.CommandResult.Command;
        if (s_syntax.ListingOf(command) is { } listing)
        {
            return new Request.List(listing, line.GetRequiredValue(s_syntax.Input));
        }

        return command == s_syntax.Types ? ReadTypes(line)
            : command == s_syntax.Relocate ? ReadRelocate(line)
            : throw new UsageException("no command is given");
    }

    private static Request.Types ReadTypes(ParseResult line) => new(
        line.GetRequiredValue(s_syntax.Input),
        line.GetValue(s_syntax.BasePath),
        line.GetValue(s_syntax.Format) switch
        {
            null or "raw" => TypeFormat.Raw,
            "c" => TypeFormat.C,
            string other => throw new UsageException($"--format: '{other}' is not one of raw, c"),
        });

    private static Request ReadRelocate(ParseResult line)
    {
        string types = line.GetValue(s_syntax.TypesPath)
            ?? throw new UsageException("relocate needs --btf BTF, the types of a kernel");
        return (line.GetValue(s_syntax.OptionalInput), line.GetValue(s_syntax.ListPath)) switch
        {
            ({ } path, null) => new Request.Relocate(path, types),
            (null, { } list) => new Request.RelocateAll(list, types),
            (null, null) => throw new UsageException("relocate needs an object or --list FILE"),
            _ => throw new UsageException("relocate takes an object or --list FILE, not both"),
        };
    }
}
