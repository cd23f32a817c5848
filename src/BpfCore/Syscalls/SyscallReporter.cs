using System.Diagnostics.CodeAnalysis;
using BpfCore.Diagnostics;

namespace BpfCore.Syscalls;

/// <summary>Tells the observer about every call, and makes the exceptions of failed ones.</summary>
internal sealed class SyscallReporter(BpfObserver? observer, SyscallAdvice? advice)
{
    /// <summary>Whether anybody listens. Argument texts are built only then.</summary>
    public bool IsWatched => observer is not null;

    /// <summary>Reports a call that returned; a negative <paramref name="result"/> is a negated errno.</summary>
    public void Returned(string call, string arguments, long result)
    {
        string? error = result < 0 ? result.ToErrno().Symbol() : null;
        observer?.OnSyscall(new SyscallReturned(call, arguments, result, error));
    }

    /// <summary>The exception for a call that failed.</summary>
    public SyscallException Failure(string call, string subject, Errno error) =>
        new(call, subject, (int)error, error.Symbol(), error.Text(), advice?.Invoke(call, error));

    /// <summary>Throws unless the result is a success.</summary>
    public void ThrowIfFailed(string call, string subject, long result)
    {
        if (result < 0)
        {
            Throw(call, subject, result.ToErrno());
        }
    }

    [DoesNotReturn]
    private void Throw(string call, string subject, Errno error) => throw Failure(call, subject, error);
}
