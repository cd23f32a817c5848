using BpfCore.Programs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Links;

public abstract partial class BpfLink
{
    /// <summary>
    /// Whether the attachment is a link of the kernel, which can be pinned, updated and looked up. It is none where an
    /// older kernel binds programs otherwise, and for an attachment of several links.
    /// </summary>
    public bool HasKernelLink => KernelHandle is not null;

    private protected virtual SafeFdHandle? KernelHandle => null;

    /// <summary>What the kernel says about the link (5.8).</summary>
    /// <exception cref="InvalidOperationException">It is no link of the kernel.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public BpfLinkInfo GetInfo()
    {
        bpf_link_info info = default;
        Calls.Bpf.ObjectGetInfo(RequireKernelLink("looked up"), ref info, ToString());
        return new BpfLinkInfo(info.id, (BpfLinkType)info.type, info.prog_id);
    }

    /// <summary>
    /// Puts another program in the place of the attached one, without a moment in which none is attached.
    /// </summary>
    /// <param name="program">The program to run from now on; of the type and attach type of the attached one.</param>
    /// <param name="expected">The one that has to be attached now; null for any.</param>
    /// <exception cref="InvalidOperationException">It is no link of the kernel.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused: EPERM when <paramref name="expected"/> is not attached, EINVAL (EOPNOTSUPP) when links of
    /// this kind cannot be updated, ENOLINK after <see cref="ForceDetach"/>.
    /// </exception>
    public void Update(BpfProgram program, BpfProgram? expected = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        Errno error = Calls.Bpf.LinkUpdate(RequireKernelLink("updated"), program.Handle, expected?.Handle);
        if (error != Errno.None)
        {
            throw Calls.Failure(
                BpfCommand.LinkUpdate.Call(),
                $"{program} in place of {this}{Explain(error, expected)}",
                error);
        }

        ProgramName = program.Name;
    }

    /// <summary>
    /// Detaches the program although the link is pinned or open elsewhere (5.9). The link stays, attached to nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is no link of the kernel.</exception>
    /// <exception cref="SyscallException">The kernel refused; EOPNOTSUPP for kinds of links that cannot.</exception>
    public void ForceDetach()
    {
        Errno error = Calls.Bpf.LinkDetach(RequireKernelLink("detached by force"));
        if (error != Errno.None)
        {
            throw Calls.Failure(BpfCommand.LinkDetach.Call(), ToString(), error);
        }
    }

    internal SafeFdHandle RequireKernelLink(string what) =>
        KernelHandle ?? throw new InvalidOperationException(
            $"{this} is no link of the kernel and cannot be {what}; dispose it and attach anew");

    private static string Explain(Errno error, BpfProgram? expected) => error switch
    {
        Errno.EPERM when expected is not null => $": not {expected} is attached there",
        Errno.EINVAL or Errno.EOPNOTSUPP =>
            ": the programs differ in their types, or links of this kind stay as they are",
        Errno.ENOLINK => ": the link was detached, or its target is gone",
        _ => "",
    };
}
