using System.Diagnostics.CodeAnalysis;
using BpfCore;

namespace TcpConnLat.Attach;

/// <summary>What the ladder does to the kernel; a seam, so that its decisions can be tested without one.</summary>
internal interface IProbeAttacher
{
    /// <summary>Loads the program of a probe and attaches it.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="way">The way.</param>
    /// <param name="attachment">The attachment; disposing it detaches.</param>
    /// <param name="reason">Why the kernel does not offer this way here.</param>
    bool TryAttach(
        Probe probe,
        AttachWay way,
        [NotNullWhen(true)] out IDisposable? attachment,
        [NotNullWhen(false)] out BpfException? reason);

    /// <summary>Tells the programs which connects start at the change of state.</summary>
    /// <param name="versions">The IP versions.</param>
    /// <exception cref="BpfException">The variable could not be written.</exception>
    void SetStateStart(StateStart versions);
}
