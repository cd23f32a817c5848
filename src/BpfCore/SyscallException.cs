namespace BpfCore;

/// <summary>A system call failed. Names the call, its subject, the errno and, where one is known, the remedy.</summary>
public sealed class SyscallException : BpfException
{
    internal SyscallException(
        string call, string subject, int errorNumber, string errorName, string errorText, string? hint = null)
        : base(Describe(call, subject, errorName, errorText, hint))
    {
        Call = call;
        Subject = subject;
        ErrorNumber = errorNumber;
        ErrorName = errorName;
        Hint = hint;
    }

    /// <summary>The call and its command, for example <c>bpf(BPF_MAP_CREATE)</c>.</summary>
    public string Call { get; }

    /// <summary>What the call was about, for example <c>map start</c>.</summary>
    public string Subject { get; }

    /// <summary>The errno value, positive.</summary>
    public int ErrorNumber { get; }

    /// <summary>The symbol of <see cref="ErrorNumber"/>, for example <c>EPERM</c>.</summary>
    public string ErrorName { get; }

    /// <summary>What the user can do about it, or null when nothing certain is known.</summary>
    public string? Hint { get; }

    private static string Describe(string call, string subject, string errorName, string errorText, string? hint)
    {
        string message = $"{subject}: {call} failed: {errorName} ({errorText})";
        return hint is null ? message : $"{message}; {hint}";
    }
}
