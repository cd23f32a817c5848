namespace ConnectLoad;

/// <summary>How a connect is made.</summary>
internal enum ConnectKind
{
    /// <summary>One <c>connect(2)</c> on a blocking socket.</summary>
    Blocking,

    /// <summary><c>connect(2)</c> on a non-blocking socket, then <c>poll(2)</c> until POLLOUT.</summary>
    NonBlocking,

    /// <summary>A blocking connect to the socket's own address and port (simultaneous open).</summary>
    Self,

    /// <summary>A non-blocking connect, closed after a while whatever became of it.</summary>
    Abandon,
}
