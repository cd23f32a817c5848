using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program at a raw tracepoint.</summary>
internal sealed class RawTracepointLink : BpfLink
{
    private readonly SafeFdHandle _link;

    private RawTracepointLink(BpfProgram program, RawTracepointTarget target, SafeFdHandle link)
        : base(program, target, "raw tracepoint")
    {
        _link = link;
    }

    public static RawTracepointLink Attach(BpfProgram program, RawTracepointTarget target)
    {
        if (!program.Calls.Bpf.TryRawTracepointOpen(
            program.Handle, target.Name, out SafeFdHandle? link, out Errno error))
        {
            throw program.Calls.Failure(BpfCommand.RawTracepointOpen.Call(), $"{program} at {target}", error);
        }

        return new RawTracepointLink(program, target, link);
    }

    private protected override void Detach() => _link.Dispose();
}
