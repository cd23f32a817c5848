using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using BpfCore.Tests.Maps;

namespace BpfCore.Tests.Buffers;

/// <summary>
/// Perf events, their rings and epoll, beside maps. A ring is readable once for every wake-up, as in Linux.
/// </summary>
internal sealed unsafe class FakePerfKernel : FakeMapKernel
{
    private const uint SetOutput = 0x2405;
    private const uint PauseOutput = 0x40042409;

    private readonly Dictionary<int, int> _cpuOfEvent = [];
    private readonly Dictionary<int, ulong> _watched = [];
    private readonly HashSet<int> _ready = [];
    private readonly Predicate<int> _isEvent; // made once: tests count what polls allocate
    private ulong _runningTime;
    private int _timer;
    private int _interval;
    private long _nextTick = long.MaxValue;
    private int _stepsToFailure = int.MaxValue;

    public FakePerfKernel()
    {
        _isEvent = _cpuOfEvent.ContainsKey;
    }

    /// <summary>Events that write into the ring of another one, and that one.</summary>
    public Dictionary<int, int> Redirections { get; } = [];

    public HashSet<int> OfflineCpus { get; } = [];

    public HashSet<int> EnabledCpus { get; } = [];

    /// <summary>The attributes of the last event opened.</summary>
    public perf_event_attr LastEvent { get; private set; }

    /// <summary>The kernel's end of each CPU's ring.</summary>
    public Dictionary<int, RingWriter> Rings { get; } = [];

    public int MappedLength { get; private set; }

    public int LiveMappings { get; private set; }

    /// <summary>Events of CPUs that went offline: they never count again.</summary>
    public HashSet<int> DeadEvents { get; } = [];

    /// <summary>CPUs whose ring is paused.</summary>
    public HashSet<int> PausedCpus { get; } = [];

    /// <summary>Moves on by what is waited for.</summary>
    public FakeClock Clock { get; } = new();

    /// <summary>Called during each wait, with its number from 0.</summary>
    public Action<int>? WhileWaiting { get; set; }

    public MemoryProtection MappedProtection { get; private set; }

    public List<int> Timeouts { get; } = [];

    /// <summary>The CPU whose event has this descriptor.</summary>
    public int CpuOf(int fd) => _cpuOfEvent[fd];

    /// <summary>Makes the n-th of the calls that open a buffer fail, counting from 0.</summary>
    public void FailStep(int index) => _stepsToFailure = index;

    /// <summary>Makes the ring of a CPU readable.</summary>
    public void Wake(int cpu) => _ready.Add(EventOf(cpu));

    /// <summary>The CPU goes offline and comes back: its event stops for good.</summary>
    public void Flip(int cpu) => DeadEvents.Add(EventOf(cpu));

    /// <summary>The open event of a CPU that has the ring.</summary>
    public int EventOf(int cpu) => _cpuOfEvent.Single(
        pair => pair.Value == cpu && OpenDescriptors.Contains(pair.Key) && !Redirections.ContainsKey(pair.Key)).Key;

    /// <summary>Makes any other descriptor ready: standard output that hangs up.</summary>
    public void SetReady(int fd) => _ready.Add(fd);

    public override long Bpf(BpfCommand command, void* attributes, uint size) =>
        command == BpfCommand.MapUpdate && FailsNow() ? -(long)Errno.ENOMEM : base.Bpf(command, attributes, size);

    public override long PerfEventOpen(perf_event_attr* attributes, int pid, int cpu, int groupFd, ulong flags)
    {
        if (OfflineCpus.Contains(cpu) || FailsNow())
        {
            return -(long)(OfflineCpus.Contains(cpu) ? Errno.ENODEV : Errno.EMFILE);
        }

        LastEvent = *attributes;
        int fd = (int)NewDescriptor();
        _cpuOfEvent[fd] = cpu;
        return fd;
    }

    public override long MapMemory(
        nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset)
    {
        if (FailsNow())
        {
            return -(long)Errno.EPERM;
        }

        LiveMappings++;
        MappedLength = (int)length;
        MappedProtection = protection;
        long address = base.MapMemory(length, protection, sharing, fd, offset);
        MappedMemory memory = new(this, (byte*)address, (int)length);
        Rings[_cpuOfEvent[fd]] = new RingWriter(memory.Memory, Environment.SystemPageSize);
        return address;
    }

    public override long UnmapMemory(void* address, nuint length)
    {
        LiveMappings--;
        return base.UnmapMemory(address, length);
    }

    public override long IoControl(int fd, uint request, ulong argument)
    {
        int cpu = _cpuOfEvent[fd];
        if (request == PauseOutput)
        {
            return (argument != 0 ? PausedCpus.Add(cpu) : PausedCpus.Remove(cpu)) ? 0 : -(long)Errno.EINVAL;
        }

        if (request == SetOutput)
        {
            Redirections[fd] = (int)argument;
            return FailsNow() ? -(long)Errno.EINVAL : 0;
        }

        EnabledCpus.Add(cpu);
        return FailsNow() ? -(long)Errno.EINVAL : 0;
    }

    public override long EpollCreate() => FailsNow() ? -(long)Errno.EMFILE : base.EpollCreate();

    public override long EventFd() => FailsNow() ? -(long)Errno.EMFILE : base.EventFd();

    public override long TimerCreate() => FailsNow() ? -(long)Errno.EMFILE : base.TimerCreate();

    public override long TimerSet(int fd, TimeSpan interval)
    {
        (_timer, _interval) = (fd, (int)interval.TotalMilliseconds);
        _nextTick = _interval == 0 ? long.MaxValue : Clock.GetTimestamp() + _interval;
        return FailsNow() ? -(long)Errno.EINVAL : 0;
    }

    public override long EpollAdd(int epollFd, int fd, EpollInterest interest, ulong data)
    {
        _watched[fd] = data;
        return FailsNow() ? -(long)Errno.ENOSPC : 0;
    }

    public override long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds)
    {
        WhileWaiting?.Invoke(Timeouts.Count);
        Timeouts.Add(timeoutMilliseconds);
        if (_ready.Count == 0)
        {
            int toTick = (int)Math.Max(0, _nextTick - Clock.GetTimestamp());
            Clock.Advance(timeoutMilliseconds < 0 ? toTick : Math.Min(toTick, timeoutMilliseconds));
        }

        if (Clock.GetTimestamp() >= _nextTick)
        {
            _nextTick += _interval;
            _ready.Add(_timer);
        }

        int count = 0;
        foreach (int fd in _ready)
        {
            ready[count++] = _watched[fd];
        }

        _ready.RemoveWhere(_isEvent);
        return count;
    }

    public override long Write(int fd, void* buffer, nuint count)
    {
        _ready.Add(fd);
        return base.Write(fd, buffer, count);
    }

    public override long Read(int fd, void* buffer, nuint count)
    {
        _ready.Remove(fd);
        return _cpuOfEvent.ContainsKey(fd) ? ReadTimes(fd, (ulong*)buffer) : base.Read(fd, buffer, count);
    }

    private long ReadTimes(int fd, ulong* values)
    {
        values[2] = DeadEvents.Contains(fd) ? 0 : ++_runningTime;
        return 3 * sizeof(ulong);
    }

    private bool FailsNow() => _stepsToFailure-- == 0;
}
