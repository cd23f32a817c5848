using System.CommandLine;

namespace BpfDump.CommandLine;

/// <summary>The sub-commands with their operands and options, as System.CommandLine splits them.</summary>
/// <remarks>
/// The root is a plain <see cref="Command"/>, as a root command would bring directives and response files along.
/// </remarks>
internal sealed class Syntax
{
    private const string Name = "bpfdump";

    private static readonly ParserConfiguration s_configuration = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    private readonly Command _root;
    private readonly Dictionary<Command, Listing> _listings = [];

    /// <summary>Builds the syntax.</summary>
    public Syntax()
    {
        Types = new Command("btf") { Input, BasePath, Format };
        Relocate = new Command("relocate") { OptionalInput, ListPath, TypesPath };
        _root = new Command(Name) { Types, Relocate, Help, Version };
        // Without an action, a call without a sub-command would be an error, also with --help.
        _root.SetAction(_ => ExitCode.Success);
        AddListing("sections", Listing.Sections);
        AddListing("symbols", Listing.Symbols);
        AddListing("maps", Listing.Maps);
        AddListing("programs", Listing.Programs);
        AddListing("insns", Listing.Instructions);
        AddListing("core", Listing.CoRe);
    }

    /// <summary>The sub-command that writes types.</summary>
    public Command Types { get; }

    /// <summary>The sub-command that relocates.</summary>
    public Command Relocate { get; }

    /// <summary>The object or BTF of a sub-command that works on one.</summary>
    public Argument<string> Input { get; } = new("OBJ");

    /// <summary>The object of <see cref="Relocate"/>, which may name a list in its place.</summary>
    public Argument<string?> OptionalInput { get; } = new("OBJ") { Arity = ArgumentArity.ZeroOrOne };

    /// <summary><c>--base BTF</c>.</summary>
    public Option<string?> BasePath { get; } = new("--base");

    /// <summary><c>--format raw|c</c>.</summary>
    public Option<string?> Format { get; } = new("--format");

    /// <summary><c>--list FILE</c>.</summary>
    public Option<string?> ListPath { get; } = new("--list");

    /// <summary><c>--btf BTF</c>.</summary>
    public Option<string?> TypesPath { get; } = new("--btf");

    /// <summary><c>-h</c>, also after a sub-command.</summary>
    public Option<bool> Help { get; } = new("--help", "-h") { Arity = ArgumentArity.Zero, Recursive = true };

    /// <summary><c>--version</c>.</summary>
    public Option<bool> Version { get; } = new("--version") { Arity = ArgumentArity.Zero };

    /// <summary>Splits a command line into a sub-command, its operands and its options.</summary>
    /// <param name="arguments">The words after the program's name.</param>
    // The program's name in front, as System.CommandLine drops a first word that is the name of the root.
    public ParseResult Split(IReadOnlyList<string> arguments) => _root.Parse([Name, .. arguments], s_configuration);

    /// <summary>The listing that a sub-command writes, or null when it writes none.</summary>
    /// <param name="command">The sub-command.</param>
    public Listing? ListingOf(Command command) =>
        _listings.TryGetValue(command, out Listing listing) ? listing : null;

    private void AddListing(string name, Listing listing)
    {
        Command command = new(name) { Input };
        _listings.Add(command, listing);
        _root.Add(command);
    }
}
