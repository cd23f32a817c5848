using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program at a counter, which is one event on every CPU.</summary>
internal sealed class PerfEventLink : BpfLink
{
    private readonly List<PerfEventAttachment> _attachments = [];

    private PerfEventLink(BpfProgram program, PerfEventTarget target)
        : base(program, target, "perf event")
    {
    }

    public static PerfEventLink Attach(BpfProgram program, PerfEventTarget target, ulong cookie)
    {
        ArgumentOutOfRangeException.ThrowIfZero(target.SampleInterval, nameof(target));
        CounterEventRequest request = new(target.Type, target.Config, target.SampleInterval, target.IsFrequency);
        PerfEventLink link = new(program, target);
        try
        {
            foreach (int cpu in CpuSet.Online().Ids)
            {
                link.Add(program, request, cpu, cookie);
            }

            return link;
        }
        catch
        {
            link.Dispose();
            throw;
        }
    }

    // A CPU may go offline between the list and here; the others are then all there are.
    private void Add(BpfProgram program, in CounterEventRequest request, int cpu, ulong cookie)
    {
        if (program.Calls.PerfEvents.TryOpenCounter(request, cpu, out SafeFdHandle? perfEvent, out Errno error))
        {
            _attachments.Add(PerfEventAttachment.Attach(program, perfEvent, Target, cookie));
        }
        else if (error != Errno.ENODEV)
        {
            string? explanation = error is Errno.ENOENT or Errno.EOPNOTSUPP ? "this machine has no such counter" : null;
            throw AttachFailure.Of(program, Target, PerfEventSyscall.OpenCall, error, explanation);
        }
    }

    private protected override void Detach()
    {
        foreach (PerfEventAttachment attachment in _attachments)
        {
            attachment.Dispose();
        }

        _attachments.Clear();
    }
}
