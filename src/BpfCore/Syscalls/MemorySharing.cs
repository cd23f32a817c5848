namespace BpfCore.Syscalls;

/// <summary>Who sees writes to mapped memory.</summary>
internal enum MemorySharing
{
    /// <summary><c>MAP_PRIVATE</c>: nobody else.</summary>
    Private,

    /// <summary><c>MAP_SHARED</c>: the kernel and every other mapping.</summary>
    Shared,
}
