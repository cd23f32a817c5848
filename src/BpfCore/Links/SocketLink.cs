using System.Runtime.InteropServices;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>
/// A program of a socket, which the kernel keeps with the socket: <c>setsockopt(2)</c> puts it there.
/// </summary>
internal sealed class SocketLink : BpfLink
{
    // include/uapi/asm-generic/socket.h
    private const int AttachFilter = 50; // SO_ATTACH_BPF
    private const int DetachFilter = 27; // SO_DETACH_BPF
    private const int AttachReusePort = 52; // SO_ATTACH_REUSEPORT_EBPF
    private const int DetachReusePort = 68; // SO_DETACH_REUSEPORT_BPF

    private readonly SafeHandle _socket;
    private readonly int _detachOption;
    private bool _isAttached;

    private SocketLink(BpfProgram program, SocketTarget target, SafeHandle socket, int detachOption)
        : base(program, target, "setsockopt")
    {
        _socket = socket;
        _detachOption = detachOption;
    }

    /// <summary>Attaches a program.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static SocketLink Attach(BpfProgram program, SafeHandle socket)
    {
        bool isReusePort = program.Type == ProgramType.SkReusePort;
        using FdLease lease = new(socket);
        using FdLease programLease = program.Handle.Lease();
        SocketTarget target = new(lease.Value, isReusePort ? "reuseport" : "filter");
        SocketLink link = new(program, target, socket, isReusePort ? DetachReusePort : DetachFilter);
        Errno error = program.Calls.Sockets.SetOption(
            socket, isReusePort ? AttachReusePort : AttachFilter, programLease.Value);
        if (error != Errno.None)
        {
            throw AttachFailure.Of(program, target, "setsockopt(SOL_SOCKET)", error, Explain(error));
        }

        link._isAttached = true;
        return link;
    }

    private static string? Explain(Errno error) => error switch
    {
        Errno.EINVAL => "the program's type is none of a socket, or the socket was not bound with SO_REUSEPORT",
        Errno.ENOTSOCK => "the descriptor is no socket",
        _ => null,
    };

    // A socket that its user closed has taken the program with it.
    private protected override void Detach()
    {
        if (_isAttached && !_socket.IsClosed)
        {
            Calls.Sockets.SetOption(_socket, _detachOption, 0);
        }

        _isAttached = false;
    }
}
