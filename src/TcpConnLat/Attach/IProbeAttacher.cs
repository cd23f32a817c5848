using BpfCore;

namespace TcpConnLat.Attach;

/// <summary>What the ladder does to the kernel; a seam, so that its decisions can be tested without one.</summary>
internal interface IProbeAttacher
{
    /// <summary>Loads the program of a probe and attaches it.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="way">The way.</param>
    /// <returns>The attachment; disposing it detaches.</returns>
    /// <exception cref="BpfException">The kernel does not offer this way here.</exception>
    IDisposable Attach(Probe probe, AttachWay way);

    /// <summary>Tells the programs which connects start at the change of state.</summary>
    /// <param name="versions">The IP versions.</param>
    /// <exception cref="BpfException">The variable could not be written.</exception>
    void SetStateStart(StateStart versions);
}
