using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>A program that the kernel calls for each object of a kind, and whose output is read like a file.</summary>
public sealed class BpfIterator : BpfLink
{
    private readonly SafeFdHandle _link;

    private BpfIterator(BpfProgram program, AttachTarget target, SafeFdHandle link)
        : base(program, target, "iterator")
    {
        _link = link;
    }

    private protected override SafeFdHandle KernelHandle => _link;

    /// <summary>
    /// Starts a run: the program is called while the stream is read, and the stream has what it writes.
    /// </summary>
    /// <returns>The run, to be read once from its beginning; the caller owns it. Runs are independent.</returns>
    /// <remarks>
    /// A read fails with an <see cref="IOException"/> when the program returns an error, or writes more for one object
    /// than the kernel's buffer holds (8 pages).
    /// </remarks>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public Stream Open() => Calls.Bpf.TryIteratorCreate(_link, out SafeFdHandle? run, out Errno error)
        ? new DescriptorStream(run, Calls.Files, ToString())
        : throw Calls.Failure(BpfCommand.IteratorCreate.Call(), ToString(), error);

    internal static BpfIterator Create(BpfProgram program)
    {
        LinkRequest request = new(program.Handle, (uint)AttachType.TraceIterator);
        return program.Calls.Bpf.TryLinkCreate(request, out SafeFdHandle? link, out Errno error)
            ? new BpfIterator(program, TargetOf(program), link)
            : throw Failure(program, TargetOf(program), error);
    }

    internal static BpfIterator Create(BpfProgram program, BpfMap map)
    {
        AttachTarget target = new MapTarget(map.Name);
        return program.Calls.Bpf.TryMapIteratorLinkCreate(
            program.Handle, (uint)AttachType.TraceIterator, map.Handle, out SafeFdHandle? link, out Errno error)
            ? new BpfIterator(program, target, link)
            : throw Failure(program, target, error);
    }

    internal static BpfIterator Create(BpfProgram program, IteratorTarget target) =>
        TryAttach(program, target, out SafeFdHandle? link, out Errno error)
            ? new BpfIterator(program, target, link!)
            : throw Failure(program, target, error);

    private static bool TryAttach(BpfProgram program, IteratorTarget target, out SafeFdHandle? link, out Errno error)
    {
        const uint Type = (uint)AttachType.TraceIterator;
        BpfSyscall bpf = program.Calls.Bpf;
        if (target.IsTask)
        {
            return bpf.TryTaskIteratorLinkCreate(
                program.Handle,
                Type,
                (uint)target.ThreadId,
                (uint)target.ProcessId,
                target.ProcessHandle,
                out link,
                out error);
        }

        using SafeFdHandle? cgroup = OpenCgroup(program, target);
        return bpf.TryCgroupIteratorLinkCreate(
            program.Handle, Type, cgroup, target.CgroupId, (uint)target.CgroupOrder, out link, out error);
    }

    private static SafeFdHandle? OpenCgroup(BpfProgram program, IteratorTarget target)
    {
        if (target.CgroupPath is null)
        {
            return null;
        }

        return program.Calls.Files.TryOpen(
            target.CgroupPath, FileAccessMode.Read, out SafeFdHandle? cgroup, out Errno error)
            ? cgroup
            : throw program.Calls.Failure("open", $"{program} at {target}", error);
    }

    private static AttachTarget TargetOf(BpfProgram program) =>
        program.Target ?? new TracingTarget(TracingKind.Iterator, "?");

    private static SyscallException Failure(BpfProgram program, AttachTarget target, Errno error) => AttachFailure.Of(
        program,
        target,
        BpfCommand.LinkCreate.Call(),
        error,
        error switch
        {
            Errno.EBADF => "iterators of this kind need a map",
            Errno.EACCES => "the program reads or writes more than the elements of the map have",
            Errno.EINVAL => "the program is no iterator, or the kernel cannot narrow iterators of this kind",
            Errno.ESRCH => "there is no such task",
            _ => null,
        });

    private protected override void Detach() => _link.Dispose();
}
