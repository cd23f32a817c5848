using BpfCore.Kernel;
using BpfCore.Programs;

namespace BpfCore.Links;

/// <summary>A program at a kprobe or uprobe.</summary>
internal sealed class ProbeLink : BpfLink
{
    private readonly PerfEventAttachment _attachment;
    private readonly TracefsEvent? _event;

    public ProbeLink(
        BpfProgram program, in ProbeLocation location, string way, PerfEventAttachment attachment, TracefsEvent? made)
        : base(program, location.Target, way)
    {
        _attachment = attachment;
        _event = made;
    }

    // The kernel does not remove an event of tracefs while a perf event uses it.
    private protected override void Detach()
    {
        _attachment.Dispose();
        _event?.Dispose();
    }
}
