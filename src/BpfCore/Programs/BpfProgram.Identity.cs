using System.Diagnostics.CodeAnalysis;
using BpfCore.Kernel;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

public sealed partial class BpfProgram
{
    private BpfProgram(SystemCalls calls, SafeFdHandle handle, ProgramInfo info)
    {
        Calls = calls;
        Handle = handle;
        Name = info.Name;
        SectionName = string.Empty;
        Type = info.Type;
    }

    /// <summary>
    /// What the verifier wrote when it took the program, if the load asked for it; else empty.
    /// </summary>
    public string VerifierLog { get; internal init; } = string.Empty;

    /// <summary>What the kernel tells about the program: its number, size, runs so far.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public ProgramInfo GetInfo() => ProgramInfoReader.Read(Calls, Handle, ToString());

    /// <summary>Opens a program by its number (<c>BPF_PROG_GET_FD_BY_ID</c>). Needs CAP_SYS_ADMIN.</summary>
    /// <param name="id">The number, as <see cref="ProgramInfo.Id"/> or <see cref="Ids"/> give it.</param>
    /// <returns>The program; the caller owns it.</returns>
    /// <exception cref="SyscallException">
    /// The kernel refused: ENOENT when there is no such program any more.
    /// </exception>
    public static BpfProgram Open(uint id)
    {
        SystemCalls calls = RunningKernel();
        return calls.Bpf.TryGetFdById(BpfCommand.ProgramGetFdById, id, out SafeFdHandle? handle, out Errno error)
            ? Adopt(calls, handle, $"id {id}")
            : throw calls.Failure(BpfCommand.ProgramGetFdById.Call(), $"program with id {id}", error);
    }

    /// <summary>The numbers of all programs in the kernel, in rising order. Needs CAP_SYS_ADMIN.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static IEnumerable<uint> Ids()
    {
        SystemCalls calls = RunningKernel();
        for (uint id = 0; calls.Bpf.TryGetNextId(BpfCommand.ProgramGetNextId, id, out id);)
        {
            yield return id;
        }
    }

    /// <summary>Opens a pinned program (<c>BPF_OBJ_GET</c>).</summary>
    /// <param name="path">Its path in a BPF file system.</param>
    /// <returns>The program; the caller owns it. Its section and attach type are not known any more.</returns>
    /// <exception cref="FileNotFoundException">Nothing is pinned there.</exception>
    /// <exception cref="ArgumentException">What is pinned there is no program.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfProgram OpenPinned(string path) => TryOpenPinned(path, out BpfProgram? program)
        ? program
        : throw new FileNotFoundException($"no program is pinned at {path}", path);

    /// <summary>As <see cref="OpenPinned"/>, for a path that may be free.</summary>
    /// <param name="path">The path in a BPF file system.</param>
    /// <param name="program">The program; the caller owns it.</param>
    /// <returns>False if nothing is pinned there.</returns>
    /// <exception cref="ArgumentException">What is pinned there is no program.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static bool TryOpenPinned(string path, [NotNullWhen(true)] out BpfProgram? program)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        SystemCalls calls = RunningKernel();
        program = BpfPin.TryOpen(calls, path, "program", out SafeFdHandle? handle) ? Adopt(calls, handle, path) : null;
        return program is not null;
    }

    /// <summary>Removes a name that <see cref="Pin"/> gave. The program lives on while anything holds it.</summary>
    /// <param name="path">The path.</param>
    /// <returns>False if nothing is pinned there.</returns>
    /// <exception cref="IOException">The path cannot be removed.</exception>
    public static bool Unpin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return BpfPin.Remove(path);
    }

    /// <summary>
    /// Gives the program a name in a BPF file system, where it outlives this process (<c>BPF_OBJ_PIN</c>).
    /// </summary>
    /// <param name="path">A free path; missing directories are made. Dots are not allowed.</param>
    /// <exception cref="KernelFeatureException">
    /// The path is in no BPF file system; the message says how to mount one.
    /// </exception>
    /// <exception cref="SyscallException">The kernel refused: EEXIST when the path is taken.</exception>
    public void Pin(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        BpfPin.Create(Calls, Handle, path, ToString());
    }

    private static SystemCalls RunningKernel() =>
        new(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For);

    private static BpfProgram Adopt(SystemCalls calls, SafeFdHandle handle, string origin)
    {
        try
        {
            return DescriptorKind.Of(handle) == DescriptorKind.Program
                ? new BpfProgram(calls, handle, ProgramInfoReader.Read(calls, handle, $"program {origin}"))
                : throw new ArgumentException($"{origin} is no program but {DescriptorKind.Of(handle)}");
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }
}
