using System.Globalization;
using BpfCore.Linking;

namespace BpfCore.Programs;

/// <summary>
/// What the loader knows of a refusal and the verifier does not: the names behind its numbers (libbpf's
/// <c>fixup_verifier_log</c>), and what the kernel was built without.
/// </summary>
internal static class RefusalAdvice
{
    private const string NoAddress = "failed to find the address for kernel symbol";

    /// <summary>Adds to the summary of a verifier's log.</summary>
    /// <param name="summary">The lines of the log that matter.</param>
    /// <param name="log">The log.</param>
    /// <param name="program">The program that was refused.</param>
    public static string Append(string summary, string log, LinkedProgram program)
    {
        foreach (Poison poison in program.Poisons)
        {
            string function = poison.Function.ToString(CultureInfo.InvariantCulture);
            if (log.Contains($"invalid func unknown#{function}", StringComparison.Ordinal))
            {
                summary += $"\nthe program {poison.Reason}, without asking first whether it is there";
            }
        }

        return log.Contains(NoAddress, StringComparison.Ordinal)
            ? summary + "\nthe kernel lists no addresses of variables: it was built without CONFIG_KALLSYMS_ALL"
            : summary;
    }
}
