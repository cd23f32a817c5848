using System.ComponentModel;

namespace ConnectLoad;

/// <summary>A system call other than connect failed, so that there is nothing to measure.</summary>
internal sealed class SocketCallException(string call, int errno)
    : Exception($"{call}: {new Win32Exception(errno).Message} (errno {errno})");
