namespace BpfCore;

/// <summary>
/// Base of every exception this library throws about BPF objects, the kernel and its answers.
/// </summary>
/// <remarks>
/// The derived type says who is at fault: the input (<see cref="BpfFormatException"/>), its relocation against a
/// kernel (<see cref="BpfRelocationException"/>), the verifier (<see cref="BpfVerifierException"/>), a system call
/// (<see cref="SyscallException"/>) or a kernel that lacks a feature (<see cref="KernelFeatureException"/>).
/// Misuse of the API is reported with the argument and state exceptions of .NET.
/// </remarks>
public abstract class BpfException : Exception
{
    private protected BpfException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
