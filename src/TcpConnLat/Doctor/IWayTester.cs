using TcpConnLat.Attach;

namespace TcpConnLat.Doctor;

/// <summary>Attaches for real and detaches at once.</summary>
internal interface IWayTester
{
    /// <summary>Tries a way.</summary>
    /// <param name="forcedWay">The way, or null for the choice that tcpconnlat would make.</param>
    WayTrial Try(AttachWay? forcedWay);
}
