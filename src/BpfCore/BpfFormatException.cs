namespace BpfCore;

/// <summary>
/// The bytes of a BPF object or of BTF are not what their format demands. Names the input and the offset.
/// </summary>
public sealed class BpfFormatException : BpfException
{
    internal BpfFormatException(string input, string? section, long offset, string problem)
        : base(Describe(input, section, offset, problem))
    {
        Input = input;
        Section = section;
        Offset = offset;
        Problem = problem;
    }

    /// <summary>Name of the input, usually a file name, as given when it was opened.</summary>
    public string Input { get; }

    /// <summary>Name of the ELF section that holds the fault, or null when the fault is in the file itself.</summary>
    public string? Section { get; }

    /// <summary>Offset of the fault in bytes from the start of <see cref="Section"/>, or of the file.</summary>
    public long Offset { get; }

    /// <summary>What was expected and what was found, without the location.</summary>
    public string Problem { get; }

    private static string Describe(string input, string? section, long offset, string problem)
    {
        string where = section is null ? input : $"{input}: section {section}";
        return $"{where}: offset 0x{offset:x}: {problem}";
    }
}
