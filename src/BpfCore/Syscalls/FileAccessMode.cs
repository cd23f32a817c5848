namespace BpfCore.Syscalls;

/// <summary>How a file is opened.</summary>
internal enum FileAccessMode
{
    /// <summary><c>O_RDONLY</c>.</summary>
    Read,

    /// <summary>
    /// <c>O_WRONLY | O_APPEND</c>, never truncating: truncating a tracefs file removes all its events.
    /// </summary>
    Append,
}
