using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>
/// An attachment without a link (<c>BPF_PROG_ATTACH</c>), where the kernel makes none: this object stands for it and
/// takes it back.
/// </summary>
internal sealed class DirectLink : BpfLink
{
    private readonly SafeFdHandle _program;
    private readonly SafeFdHandle _target;
    private readonly uint _attachType;
    private bool _isAttached;

    private DirectLink(BpfProgram program, AttachTarget target, SafeFdHandle targetHandle)
        : base(program, target, "BPF_PROG_ATTACH")
    {
        _program = program.Handle;
        _target = targetHandle;
        _attachType = (uint)program.ExpectedAttachType;
    }

    /// <summary>Attaches a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">What to attach to, for messages.</param>
    /// <param name="targetHandle">
    /// Its descriptor; held open until the end of the link, whoever else disposes it.
    /// </param>
    /// <param name="flags">Flags of the command.</param>
    /// <param name="explain">What an errno means here.</param>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static DirectLink Attach(
        BpfProgram program,
        AttachTarget target,
        SafeFdHandle targetHandle,
        uint flags,
        Func<Errno, string?> explain)
    {
        DirectLink link = new(program, target, targetHandle);
        Errno error = program.Calls.Bpf.ProgramAttach(program.Handle, targetHandle, link._attachType, flags);
        if (error != Errno.None)
        {
            throw AttachFailure.Of(program, target, BpfCommand.ProgramAttach.Call(), error, explain(error));
        }

        link.Hold();
        return link;
    }

    // Both descriptors are needed to detach, and the program and its target may be disposed before the link.
    private void Hold()
    {
        bool added = false;
        _program.DangerousAddRef(ref added);
        _target.DangerousAddRef(ref added);
        _isAttached = true;
    }

    private protected override void Detach()
    {
        if (_isAttached)
        {
            _isAttached = false;
            Calls.Bpf.ProgramDetach(_program, _target, _attachType);
            _target.DangerousRelease();
            _program.DangerousRelease();
        }
    }
}
