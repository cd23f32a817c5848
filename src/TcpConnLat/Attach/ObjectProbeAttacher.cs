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
    public IDisposable Attach(Probe probe, AttachWay way)
    {
        stop.ThrowIfCancellationRequested();
        BpfProgram program = Load(programs.Of(probe, way).Name);
        return (way, program.Target) switch
        {
            (AttachWay.Kprobe, KprobeTarget target) => BpfLink.AttachKprobe(program, target, KprobeAttachMode.Pmu),
            (AttachWay.KprobeTracefs, KprobeTarget target) =>
                BpfLink.AttachKprobe(program, target, KprobeAttachMode.Tracefs),
            _ => BpfLink.Attach(program),
        };
    }

    /// <inheritdoc/>
    public void SetStateStart(StateStart versions) => bpf.Variables.StateStart = (uint)versions;

    private BpfProgram Load(string name)
    {
        if (_refused.TryGetValue(name, out BpfException? reason))
        {
            throw reason;
        }

        try
        {
            return bpf.Object.LoadProgram(name);
        }
        catch (BpfException error)
        {
            _refused.Add(name, error);
            throw;
        }
    }
}
