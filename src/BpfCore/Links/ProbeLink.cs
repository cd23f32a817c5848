using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program at a tracepoint, kprobe or uprobe.</summary>
internal sealed class ProbeLink : BpfLink
{
    private readonly PerfEventAttachment _attachment;
    private readonly TracefsEvent? _event;

    public ProbeLink(
        BpfProgram program,
        AttachTarget target,
        string way,
        PerfEventAttachment attachment,
        TracefsEvent? made = null)
        : base(program, target, way)
    {
        _attachment = attachment;
        _event = made;
    }

    private protected override SafeFdHandle? KernelHandle => _attachment.Link;

    // The kernel does not remove an event of tracefs while a perf event uses it.
    private protected override void Detach()
    {
        _attachment.Dispose();
        _event?.Dispose();
    }
}
