namespace BpfCore.Syscalls;

/// <summary>What a descriptor is watched for. Errors and hang-ups are always reported.</summary>
internal enum EpollInterest
{
    /// <summary>Errors and hang-ups only, such as the reader of a pipe going away.</summary>
    ErrorsOnly,

    /// <summary><c>EPOLLIN</c>: there is something to read.</summary>
    Readable,

    /// <summary><c>EPOLLOUT | EPOLLET</c>: there is room to write; reported once for each time it is
    /// announced.</summary>
    WritableOnce,
}
