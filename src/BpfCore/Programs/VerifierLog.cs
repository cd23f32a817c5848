using BpfCore.Kernel;

namespace BpfCore.Programs;

/// <summary>The text that the verifier writes about a program it refuses.</summary>
internal static class VerifierLog
{
    // What CO-RE puts in place of an instruction whose relocation found no match: a call of this helper.
    private const string PoisonedCall = "invalid func unknown#195896080";

    // Start of the names of the helpers that read kernel memory; under lockdown the verifier says that it knows none.
    private const string ReadingHelper = "bpf_probe_read";

    // First line of the reports of Linux 7.2 and later, and the headings in them.
    private const string ReportTitle = "Verification failed: ";
    private static readonly string[] s_reportHeadings = ["Reason:", "At:", "Causal path:", "Suggestion:"];

    // Statistics that print_verification_stats() in kernel/bpf/verifier.c appends.
    private static readonly string[] s_statistics = ["processed ", "verification time ", "stack depth ", "insns_"];

    /// <summary>
    /// Sizes in bytes of the buffers to offer, one after the other while the log does not fit. Kernels before 5.2 take
    /// no more than 16 MiB less one.
    /// </summary>
    public static ReadOnlySpan<int> BufferSizes => [64 << 10, 1 << 20, (16 << 20) - 1, 128 << 20, 1 << 30];

    /// <summary>A buffer that reads as an empty log; what lies behind its first byte is not cleared.</summary>
    public static byte[] NewBuffer(int size)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(size);
        buffer[0] = 0;
        return buffer;
    }

    /// <summary>The text up to the NUL that ends it; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> buffer) => NulTerminated.Text(buffer).TrimEnd();

    /// <summary>The lines that tell why: the complaint, the instruction it is about and its source line.</summary>
    /// <param name="log">The log.</param>
    /// <param name="lockdown">The lockdown of the kernel that wrote it.</param>
    public static string Summarize(string log, LockdownMode lockdown)
    {
        string[] lines = WithoutReports(log);
        int last = Array.FindLastIndex(lines, static line => !IsStatistics(line));
        if (last < 0)
        {
            return string.Empty;
        }

        List<string> summary = Refusal(lines, last);
        if (Array.Exists(lines, static line => line.Contains(PoisonedCall, StringComparison.Ordinal)))
        {
            summary.Add("the program reaches an instruction whose CO-RE relocation found no match in this kernel");
        }

        if (lockdown == LockdownMode.Confidentiality
            && summary.Exists(static line => line.Contains(ReadingHelper, StringComparison.Ordinal)))
        {
            summary.Add(Lockdown.Explanation);
        }

        return string.Join('\n', summary);
    }

    /// <summary>Source line and instruction where there are any, then the complaint.</summary>
    private static List<string> Refusal(string[] lines, int last)
    {
        int instruction = Array.FindLastIndex(lines, last, IsInstruction);
        if (instruction < 0 || instruction == last)
        {
            return [lines[last]];
        }

        // A complaint can take two lines: what is wrong, then what that means ("would lead to reference leak").
        List<string> refusal = [lines[instruction], .. lines[Math.Max(instruction + 1, last - 1)..(last + 1)]];
        int source = Array.FindLastIndex(lines, instruction, IsSource);
        if (source >= 0)
        {
            refusal.Insert(0, lines[source]);
        }

        return refusal;
    }

    /// <summary>
    /// The lines of a log, trimmed, without the reports that Linux 7.2 and later put behind a complaint: a title,
    /// headings and indented text that explain the complaint, show the program again and advise.
    /// </summary>
    private static string[] WithoutReports(string log)
    {
        List<string> lines = [];
        bool isReport = false;
        foreach (string line in log.Split('\n'))
        {
            isReport = line.StartsWith(ReportTitle, StringComparison.Ordinal) || (isReport && IsOfReport(line));
            if (!isReport && !string.IsNullOrWhiteSpace(line))
            {
                lines.Add(line.Trim());
            }
        }

        return [.. lines];
    }

    private static bool IsOfReport(string line) =>
        string.IsNullOrWhiteSpace(line) || line[0] == ' ' || Array.IndexOf(s_reportHeadings, line.TrimEnd()) >= 0;

    private static bool IsStatistics(string line) =>
        Array.Exists(s_statistics, start => line.StartsWith(start, StringComparison.Ordinal));

    private static bool IsSource(string line) => line.StartsWith("; ", StringComparison.Ordinal);

    /// <summary>Whether the line shows an instruction: <c>12: (79) r1 = *(u64 *)(r1 +0)</c>.</summary>
    private static bool IsInstruction(string line)
    {
        int digits = line.AsSpan().IndexOfAnyExceptInRange('0', '9');
        return digits > 0 && line.AsSpan(digits).StartsWith(": (");
    }
}
