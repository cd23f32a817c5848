namespace BpfCore.Syscalls;

/// <summary>Says what a user can do about a failed call, or null when nothing certain is known.</summary>
/// <param name="call">The call and its command, for example <c>bpf(BPF_MAP_CREATE)</c>.</param>
/// <param name="error">How it failed.</param>
/// <remarks>The seam through which this layer gets hints that need a look at capabilities and limits.</remarks>
internal delegate string? SyscallAdvice(string call, Errno error);
