namespace BpfCore.Kernel;

/// <summary>Lockdown of the running kernel.</summary>
public static class Lockdown
{
    /// <summary>What confidentiality mode takes from BPF programs, as messages say it.</summary>
    internal const string Explanation =
        "kernel lockdown is in confidentiality mode, which forbids reading kernel memory";

    /// <summary>The mode in force (<c>/sys/kernel/security/lockdown</c>).</summary>
    public static LockdownMode Current() => Of(KernelFiles.Host);

    /// <summary>The mode of the system that the files describe.</summary>
    internal static LockdownMode Of(KernelFiles files) => Parse(files.TryRead("sys/kernel/security/lockdown"));

    /// <summary>Reads <c>none [integrity] confidentiality</c>: the brackets mark the mode in force.</summary>
    internal static LockdownMode Parse(string? text)
    {
        int open = text?.IndexOf('[', StringComparison.Ordinal) ?? -1;
        int close = text?.IndexOf(']', StringComparison.Ordinal) ?? -1;
        if (open < 0 || close < open)
        {
            return LockdownMode.Unknown;
        }

        return text.AsSpan()[(open + 1)..close] switch
        {
            "none" => LockdownMode.None,
            "integrity" => LockdownMode.Integrity,
            "confidentiality" => LockdownMode.Confidentiality,
            _ => LockdownMode.Unknown,
        };
    }
}
