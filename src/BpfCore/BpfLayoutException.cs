namespace BpfCore;

/// <summary>
/// A BPF object is not the one that a C# class was generated from: a map, variable, program or type that the class
/// uses is missing or looks different.
/// </summary>
public sealed class BpfLayoutException : BpfException
{
    internal BpfLayoutException(string input, string part, string? member, string expected, string found)
        : base(
            $"{input}: {part}{(member is null ? "" : $", {member}")}: expected {expected}, found {found}; "
                + "the C# class was generated from another object, generate it from this one")
    {
        Input = input;
        Part = part;
        Member = member;
        Expected = expected;
        Found = found;
    }

    /// <summary>Name of the object that does not fit.</summary>
    public string Input { get; }

    /// <summary>
    /// What of it: <c>struct event</c>, <c>map start</c>, <c>variable hits</c>, <c>program enter</c>.
    /// </summary>
    public string Part { get; }

    /// <summary>Field of the structure or name in the enumeration; null for the part as a whole.</summary>
    public string? Member { get; }

    /// <summary>What the class was generated from, for example <c>u64 at 8</c> (bytes).</summary>
    public string Expected { get; }

    /// <summary>What the object has.</summary>
    public string Found { get; }
}
