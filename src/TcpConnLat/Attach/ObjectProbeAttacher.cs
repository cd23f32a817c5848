using System.Diagnostics.CodeAnalysis;
using BpfCore;
using BpfCore.Links;
using BpfCore.Programs;
using BpfCore.Specs;

namespace TcpConnLat.Attach;

/// <summary>Loads and attaches the programs of the object, each one when its turn comes.</summary>
/// <param name="bpf">The object, loaded without programs.</param>
/// <param name="programs">What the object file says of its programs.</param>
/// <param name="stop">Ends the attaching when a signal asks for it.</param>
internal sealed class ObjectProbeAttacher(
    ConnectBpf bpf, ConnectBpf.ProgramSpecs programs, CancellationToken stop) : IProbeAttacher
{
    // A verifier that refused a program would refuse it again: both kprobe ways, and IPv4 and IPv6, share programs.
    private readonly Dictionary<string, BpfException> _refused = [];

    /// <inheritdoc/>
    /// <exception cref="OperationCanceledException">A signal asked to stop.</exception>
    public bool TryAttach(
        Probe probe,
        AttachWay way,
        [NotNullWhen(true)] out IDisposable? attachment,
        [NotNullWhen(false)] out BpfException? reason)
    {
        stop.ThrowIfCancellationRequested();
        attachment = null;
        reason = KprobeMode(way) is { } mode ? BpfLink.FindKprobeObstacle(mode) : null;
        if (reason is not null || !TryLoad(programs.Of(probe, way).Name, out BpfProgram? program, out reason))
        {
            return false;
        }

        try
        {
            attachment = Attach(program, way);
            return true;
        }
        catch (BpfException error)
        {
            reason = error;
            return false;
        }
    }

    /// <inheritdoc/>
    public void SetStateStart(StateStart versions) => bpf.Variables.StateStart = (uint)versions;

    private static KprobeAttachMode? KprobeMode(AttachWay way) => way switch
    {
        AttachWay.Kprobe => KprobeAttachMode.Pmu,
        AttachWay.KprobeTracefs => KprobeAttachMode.Tracefs,
        _ => null,
    };

    private static BpfLink Attach(BpfProgram program, AttachWay way) =>
        program.Target is KprobeTarget target && KprobeMode(way) is { } mode
            ? BpfLink.AttachKprobe(program, target, mode)
            : BpfLink.Attach(program);

    private bool TryLoad(
        string name, [NotNullWhen(true)] out BpfProgram? program, [NotNullWhen(false)] out BpfException? reason)
    {
        if (_refused.TryGetValue(name, out reason))
        {
            program = null;
            return false;
        }

        if (!bpf.Object.TryLoadProgram(name, out program, out reason))
        {
            _refused.Add(name, reason);
            return false;
        }

        return true;
    }
}
