using BpfCore;

namespace ObjectLoad;

/// <summary>Why an object was refused, in words that do not depend on the loader.</summary>
internal static class Refusal
{
    // What instructions are made that read what the kernel lacks.
    private const string PoisonedCall = "call unknown#195896080";

    private static readonly string[] s_statistics = ["processed ", "verification time ", "stack depth ", "insns "];

    public static string Describe(Exception refusal) => refusal switch
    {
        BpfVerifierException e => $"program {e.Program}: {e.ErrorName}{Complaint(e.Log)}",
        SyscallException e => $"{e.Subject}: {e.ErrorName}",
        KernelFeatureException e => $"the kernel lacks {LastWord(e.Feature)}",
        _ => refusal.GetType().Name,
    };

    // "fentry/name", "extern name"
    private static string LastWord(string feature) => feature[(feature.LastIndexOfAny([' ', '/']) + 1)..];

    private static string Complaint(string log)
    {
        string complaint = string.Empty;
        foreach (string line in log.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("========", StringComparison.Ordinal))
            {
                break;
            }

            if (line.Contains(PoisonedCall, StringComparison.Ordinal))
            {
                return $": {line[..line.IndexOf(':', StringComparison.Ordinal)]}: no such type or field";
            }

            complaint = IsStatistics(line) ? complaint : line;
        }

        return complaint.Length == 0 ? complaint : $": {complaint}";
    }

    private static bool IsStatistics(string line) =>
        Array.Exists(s_statistics, start => line.StartsWith(start, StringComparison.Ordinal));
}
