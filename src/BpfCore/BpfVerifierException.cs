namespace BpfCore;

/// <summary>
/// The kernel refused a program (<c>BPF_PROG_LOAD</c>). The message holds the last meaningful lines of the verifier's
/// log; <see cref="Log"/> holds all of it.
/// </summary>
public sealed class BpfVerifierException : BpfException
{
    internal BpfVerifierException(string program, int errorNumber, string errorName, string summary, string log)
        : base(Describe(program, errorName, summary))
    {
        Program = program;
        ErrorNumber = errorNumber;
        ErrorName = errorName;
        Summary = summary;
        Log = log;
    }

    /// <summary>Name of the refused program.</summary>
    public string Program { get; }

    /// <summary>The errno value of the refusal, positive.</summary>
    public int ErrorNumber { get; }

    /// <summary>The symbol of <see cref="ErrorNumber"/>, for example <c>EACCES</c>.</summary>
    public string ErrorName { get; }

    /// <summary>
    /// The last meaningful lines of the log, separated by newlines; empty when the kernel wrote none.
    /// </summary>
    public string Summary { get; }

    /// <summary>The whole verifier log; empty when the kernel wrote none.</summary>
    public string Log { get; }

    private static string Describe(string program, string errorName, string summary)
    {
        string head = $"program {program}: the kernel refused to load it ({errorName})";
        return summary.Length == 0 ? head : $"{head}: {summary}";
    }
}
