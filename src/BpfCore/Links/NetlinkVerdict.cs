using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>How the kernel took a message.</summary>
/// <param name="Error">None when it did what was asked.</param>
/// <param name="Words">What it says itself (<c>NL_SET_ERR_MSG</c>), or null.</param>
internal readonly record struct NetlinkVerdict(Errno Error, string? Words);
