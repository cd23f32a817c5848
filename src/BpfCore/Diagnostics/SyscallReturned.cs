namespace BpfCore.Diagnostics;

/// <summary>A system call with its decoded arguments and its result.</summary>
/// <param name="Call">The call and its command, for example <c>bpf(BPF_MAP_CREATE)</c>.</param>
/// <param name="Arguments">The arguments that matter, in the names of the kernel's structures.</param>
/// <param name="Result">The return value; a negative errno on failure.</param>
/// <param name="Error">The errno symbol on failure, else null.</param>
public readonly record struct SyscallReturned(string Call, string Arguments, long Result, string? Error);
