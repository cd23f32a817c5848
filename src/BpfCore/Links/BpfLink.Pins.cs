using System.Diagnostics.CodeAnalysis;
using BpfCore.Kernel;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Links;

public abstract partial class BpfLink
{
    /// <summary>Opens a link by its number (<c>BPF_LINK_GET_FD_BY_ID</c>, 5.8). Needs CAP_SYS_ADMIN.</summary>
    /// <param name="id">The number, as <see cref="BpfLinkInfo.Id"/> or <see cref="Ids"/> give it.</param>
    /// <returns>The link, which stays attached at least as long as this object lives; the caller owns it.</returns>
    /// <exception cref="SyscallException">The kernel refused: ENOENT when there is no such link any more.</exception>
    public static BpfLink Open(uint id)
    {
        SystemCalls calls = RunningKernel();
        return calls.Bpf.TryLinkGetFdById(id, out SafeFdHandle? link, out Errno error)
            ? Adopt(calls, link, $"by id {id}")
            : throw calls.Failure(BpfCommand.LinkGetFdById.Call(), $"link with id {id}", error);
    }

    /// <summary>The numbers of all links in the kernel, in rising order (5.8). Needs CAP_SYS_ADMIN.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static IEnumerable<uint> Ids()
    {
        SystemCalls calls = RunningKernel();
        for (uint id = 0; calls.Bpf.TryLinkGetNextId(id, out id);)
        {
            yield return id;
        }
    }

    /// <summary>Opens a pinned link (<c>BPF_OBJ_GET</c>).</summary>
    /// <param name="path">Its path in a BPF file system.</param>
    /// <returns>The link; the caller owns it. Disposing it leaves the pinned one attached.</returns>
    /// <exception cref="FileNotFoundException">Nothing is pinned there.</exception>
    /// <exception cref="SyscallException">The kernel refused, for example as a map is pinned there.</exception>
    public static BpfLink OpenPinned(string path) => TryOpenPinned(path, out BpfLink? link)
        ? link
        : throw new FileNotFoundException($"no link is pinned at {path}", path);

    /// <summary>As <see cref="OpenPinned"/>, for a path that may be free.</summary>
    /// <param name="path">The path in a BPF file system.</param>
    /// <param name="link">The link; the caller owns it.</param>
    /// <returns>False if nothing is pinned there.</returns>
    /// <exception cref="SyscallException">The kernel refused, for example as a map is pinned there.</exception>
    public static bool TryOpenPinned(string path, [NotNullWhen(true)] out BpfLink? link)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SystemCalls calls = RunningKernel();
        link = BpfPin.TryOpen(calls, path, "link", out SafeFdHandle? handle)
            ? Adopt(calls, handle, $"pinned at {path}")
            : null;
        return link is not null;
    }

    /// <summary>
    /// Gives the link a name in a BPF file system. The program then stays attached when this object is disposed and the
    /// process ends, until the name is removed.
    /// </summary>
    /// <param name="path">The path; directories on the way to it are made.</param>
    /// <exception cref="InvalidOperationException">It is no link of the kernel.</exception>
    /// <exception cref="KernelFeatureException">The path is in no BPF file system.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused: EEXIST when the path is taken, EINVAL for kinds of links that cannot be pinned.
    /// </exception>
    public void Pin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        BpfPin.Create(Calls, RequireKernelLink("pinned"), path, ToString());
    }

    /// <summary>Removes a name that <see cref="Pin"/> gave. The link lives on while anything holds it.</summary>
    /// <param name="path">The path.</param>
    /// <returns>False if there is none.</returns>
    public static bool Unpin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return BpfPin.Remove(path);
    }

    private static SystemCalls RunningKernel() =>
        new(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For);

    private static KernelLink Adopt(SystemCalls calls, SafeFdHandle handle, string way)
    {
        try
        {
            bpf_link_info info = default;
            calls.Bpf.ObjectGetInfo(handle, ref info, $"link {way}");
            KernelLinkTarget target = new(info.id, (BpfLinkType)info.type);
            return new KernelLink(calls, $"program {info.prog_id}", target, way, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
