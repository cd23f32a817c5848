namespace TcpConnLat.Doctor;

/// <summary>What a check means for tcpconnlat.</summary>
internal enum CheckStatus
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Rules a way of attaching out, or is worth knowing; tcpconnlat may run all the same.</summary>
    Note,

    /// <summary>tcpconnlat cannot run.</summary>
    Failed,
}
