namespace ConnectLoad;

/// <summary>Whether calls on a socket wait for the peer.</summary>
internal enum SocketWait
{
    /// <summary>A blocking socket: connect returns when the peer has answered.</summary>
    ForPeer,

    /// <summary>O_NONBLOCK: connect returns EINPROGRESS.</summary>
    Never,
}
