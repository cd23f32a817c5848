using BpfCore.Diagnostics;

namespace BpfCore.Syscalls;

/// <summary>The typed system calls, bundled: one method per call or command, all through one gate.</summary>
/// <remarks>
/// Methods retry calls that a signal interrupted, report every call to the observer, return the errors a caller is
/// expected to handle and throw <see cref="SyscallException"/> for the others. Safe for use by several threads.
/// </remarks>
internal sealed class SystemCalls
{
    private readonly SyscallReporter _reporter;

    public SystemCalls(SyscallGate gate, BpfObserver? observer, SyscallAdvice? advice = null)
    {
        Gate = gate;
        Observer = observer;
        _reporter = new SyscallReporter(observer, advice);
        Bpf = new BpfSyscall(gate, _reporter);
        PerfEvents = new PerfEventSyscall(gate, _reporter);
        Epoll = new EpollSyscall(gate, _reporter);
        Memory = new MemorySyscall(gate, _reporter);
        Files = new FileSyscall(gate, _reporter);
        Netlink = new NetlinkSyscall(gate, _reporter);
        Sockets = new SocketSyscall(gate, _reporter);
        Limits = new ResourceLimitSyscall(gate, _reporter);
    }

    /// <summary>The gate that the calls go through: it stands for the kernel behind it.</summary>
    public SyscallGate Gate { get; }

    /// <summary>Who watches the calls, or null.</summary>
    public BpfObserver? Observer { get; }

    /// <summary><c>bpf(2)</c>.</summary>
    public BpfSyscall Bpf { get; }

    /// <summary><c>perf_event_open(2)</c> and the controls of its descriptors.</summary>
    public PerfEventSyscall PerfEvents { get; }

    /// <summary><c>epoll(7)</c> and <c>eventfd(2)</c>.</summary>
    public EpollSyscall Epoll { get; }

    /// <summary><c>mmap(2)</c>.</summary>
    public MemorySyscall Memory { get; }

    /// <summary><c>open(2)</c>, <c>write(2)</c> for the kernel's control files.</summary>
    public FileSyscall Files { get; }

    /// <summary><c>netlink(7)</c>.</summary>
    public NetlinkSyscall Netlink { get; }

    /// <summary><c>setsockopt(2)</c>.</summary>
    public SocketSyscall Sockets { get; }

    /// <summary><c>prlimit64(2)</c>.</summary>
    public ResourceLimitSyscall Limits { get; }

    /// <summary>The exception for an error that a <c>Try</c> method returned.</summary>
    public SyscallException Failure(string call, string subject, Errno error) =>
        _reporter.Failure(call, subject, error);
}
