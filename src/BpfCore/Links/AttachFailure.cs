using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>The exception for a program that could not be attached: program, section, target and what to do.</summary>
internal static class AttachFailure
{
    public static SyscallException Of(
        BpfProgram program, AttachTarget target, string call, Errno error, string? explanation = null)
    {
        string subject = $"{program} at {target}";
        return program.Calls.Failure(call, explanation is null ? subject : $"{subject}: {explanation}", error);
    }
}
