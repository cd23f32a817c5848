namespace BpfCore.Syscalls;

/// <summary>Access to mapped memory (<c>PROT_*</c>).</summary>
internal enum MemoryProtection
{
    /// <summary><c>PROT_READ</c>.</summary>
    Read,

    /// <summary><c>PROT_READ | PROT_WRITE</c>.</summary>
    ReadWrite,
}
