using System.Runtime.InteropServices;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Tests.Syscalls;

/// <summary>
/// A kernel of our own behind the gate: it hands out descriptors and remembers which are open, and it refuses what a
/// test tells it to refuse.
/// </summary>
internal unsafe class FakeGate : SyscallGate
{
    private readonly Dictionary<BpfCommand, Queue<long>> _answers = [];
    private readonly HashSet<int> _open = [];
    private int _lastFd = 99;

    /// <summary>Commands of bpf(2) in call order.</summary>
    public List<BpfCommand> Commands { get; } = [];

    /// <summary>The attributes of every bpf(2) call, as many bytes as the caller said.</summary>
    public List<byte[]> Attributes { get; } = [];

    /// <summary>Descriptors handed out and not closed.</summary>
    public IReadOnlyCollection<int> OpenDescriptors => _open;

    /// <summary>Makes the next calls of a command return these values, one after the other.</summary>
    public void Answer(BpfCommand command, params ReadOnlySpan<long> results)
    {
        if (!_answers.TryGetValue(command, out Queue<long>? queue))
        {
            _answers[command] = queue = new Queue<long>();
        }

        foreach (long result in results)
        {
            queue.Enqueue(result);
        }
    }

    public override long Bpf(BpfCommand command, void* attributes, uint size)
    {
        Commands.Add(command);
        Attributes.Add(new ReadOnlySpan<byte>(attributes, (int)size).ToArray());
        return _answers.TryGetValue(command, out Queue<long>? queue) && queue.TryDequeue(out long answer)
            ? answer
            : Perform(command, attributes);
    }

    public override long PerfEventOpen(perf_event_attr* attributes, int pid, int cpu, int groupFd, ulong flags) =>
        NewDescriptor();

    public override long IoControl(int fd, uint request, ulong argument) => Check(fd);

    public override long MapMemory(
        nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset) =>
        (long)NativeMemory.AllocZeroed(length);

    public override long MapMemoryAt(void* address, nuint length, int fd) => -(long)Errno.EEXIST;

    public override long UnmapMemory(void* address, nuint length)
    {
        NativeMemory.Free(address);
        return 0;
    }

    public override long EpollCreate() => NewDescriptor();

    public override long EpollAdd(int epollFd, int fd, EpollInterest interest, ulong data) => Check(epollFd);

    public override long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds) => Check(epollFd);

    public override long EventFd() => NewDescriptor();

    public override long TimerCreate() => NewDescriptor();

    public override long TimerSet(int fd, TimeSpan interval) => Check(fd);

    public override long Open(byte* path, FileAccessMode mode) => NewDescriptor();

    public override long OpenProcess(int processId) => NewDescriptor();

    public override long NetlinkSocket() => NewDescriptor();

    public override long SetSocketOption(int fd, int level, int option, int value) => Check(fd);

    public override long Read(int fd, void* buffer, nuint count) => Check(fd);

    public override long Write(int fd, void* buffer, nuint count) => Check(fd) < 0 ? Check(fd) : (long)count;

    public override long Close(int fd) => _open.Remove(fd) ? 0 : -(long)Errno.EBADF;

    public override long ResourceLimit(int resource, rlimit64* newLimit, rlimit64* oldLimit) => 0;

    /// <summary>What a healthy kernel does: commands that make something return a descriptor, others 0.</summary>
    protected virtual long Perform(BpfCommand command, void* attributes) => command switch
    {
        BpfCommand.MapCreate or BpfCommand.ProgramLoad or BpfCommand.BtfLoad or BpfCommand.LinkCreate
            or BpfCommand.RawTracepointOpen or BpfCommand.BtfGetFdById => NewDescriptor(),
        _ => 0,
    };

    protected long NewDescriptor()
    {
        _open.Add(++_lastFd);
        return _lastFd;
    }

    private long Check(int fd) => _open.Contains(fd) ? 0 : -(long)Errno.EBADF;
}
