using BpfCore;

namespace ObjectLoad;

/// <summary>Why an object was refused, in words that do not depend on the loader.</summary>
internal static class Refusal
{
    // What instructions are made that use what is not there: fields, kernel functions, maps.
    private const string PoisonedCall = "call unknown#195896080";
    private const string MissingFunction = "invalid func unknown#2002";
    private const string MissingMap = "invalid func unknown#2001";

    private static readonly string[] s_statistics = ["processed ", "verification time ", "stack depth ", "insns "];

    public static string Describe(Exception refusal) => refusal switch
    {
        BpfVerifierException e => $": program {e.Program}: {e.ErrorName}{Complaint(e.Log)}",
        SyscallException e => $": {e.Subject}: {e.ErrorName}",
        KernelFeatureException e => $": the kernel lacks {Name(e.Feature)}",
        _ => " by the loader",
    };

    // "fentry/name", "extern name"
    private static string Name(string feature) => feature[(feature.IndexOfAny([' ', '/']) + 1)..];

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

            complaint = IsStatistics(line) ? complaint : InWords(line);
        }

        return complaint.Length == 0 ? complaint : $": {complaint}";
    }

    private static string InWords(string line) => line switch
    {
        _ when line.Contains(MissingFunction, StringComparison.Ordinal) => "calls a function that is not there",
        _ when line.Contains(MissingMap, StringComparison.Ordinal) => "uses a map that is not created",
        _ => line,
    };

    private static bool IsStatistics(string line) =>
        Array.Exists(s_statistics, start => line.StartsWith(start, StringComparison.Ordinal));
}
