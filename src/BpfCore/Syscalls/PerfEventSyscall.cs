using System.Diagnostics.CodeAnalysis;
using System.Text;
using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

/// <summary>
/// <c>perf_event_open(2)</c>: one method per kind of event, and the controls of the descriptors it gives.
/// </summary>
internal sealed unsafe class PerfEventSyscall(SyscallGate gate, SyscallReporter reporter)
{
    /// <summary>The call's name in messages.</summary>
    public const string OpenCall = "perf_event_open";

    /// <summary>The name in messages of <see cref="Enable"/>.</summary>
    public const string EnableCall = "ioctl(PERF_EVENT_IOC_ENABLE)";

    /// <summary>The name in messages of <see cref="SetBpf"/>.</summary>
    public const string SetBpfCall = "ioctl(PERF_EVENT_IOC_SET_BPF)";

    /// <summary>The name in messages of <see cref="SetPaused"/>.</summary>
    public const string PauseCall = "ioctl(PERF_EVENT_IOC_PAUSE_OUTPUT)";

    /// <summary>The name in messages of <see cref="SetOutput"/>.</summary>
    public const string SetOutputCall = "ioctl(PERF_EVENT_IOC_SET_OUTPUT)";

    // include/uapi/linux/perf_event.h
    private const uint TypeSoftware = 1;
    private const uint TypeTracepoint = 2;
    private const uint SoftwareBpfOutput = 10;
    private const uint SampleRaw = 1 << 10;
    private const ulong WatermarkBit = 1 << 14;
    private const ulong FrequencyBit = 1 << 10;
    private const ulong WriteBackwardBit = 1 << 27;
    private const ulong ReadTimes = 1 << 0 | 1 << 1; // PERF_FORMAT_TOTAL_TIME_ENABLED | PERF_FORMAT_TOTAL_TIME_RUNNING
    private const ulong CloseOnExec = 1 << 3;
    private const uint IocEnable = 0x2400;
    private const uint IocSetOutput = 0x2405;
    private const uint IocSetBpf = 0x40042408;
    private const uint IocPauseOutput = 0x40042409;
    private const int NoGroup = -1;

    /// <summary>
    /// The ring of one CPU that <c>bpf_perf_event_output</c> writes to. Fails with ENODEV when it is offline.
    /// </summary>
    public bool TryOpenBpfOutput(
        int cpu,
        PerfWakeup wakeup,
        PerfRingDirection direction,
        [NotNullWhen(true)] out SafeFdHandle? handle,
        out Errno error)
    {
        perf_event_attr attributes = Attributes(TypeSoftware, SoftwareBpfOutput);
        attributes.sample_type = SampleRaw;
        attributes.read_format = ReadTimes;
        attributes.wakeup_events = wakeup.Value;
        attributes.flag_bits = (wakeup.CountsBytes ? WatermarkBit : 0)
            | (direction == PerfRingDirection.Backward ? WriteBackwardBit : 0);
        return TryOpen(ref attributes, pid: -1, cpu, "bpf_output", out handle, out error);
    }

    /// <summary>A tracepoint (or an event made through tracefs) in all processes, bound to one CPU.</summary>
    /// <remarks>
    /// Programs run whatever the CPU of the event is, so that one descriptor serves the whole machine.
    /// </remarks>
    public bool TryOpenTracepoint(
        ulong id, int cpu, [NotNullWhen(true)] out SafeFdHandle? handle, out Errno error)
    {
        perf_event_attr attributes = Attributes(TypeTracepoint, id);
        return TryOpen(ref attributes, pid: -1, cpu, "tracepoint", out handle, out error);
    }

    /// <summary>A counter of the kernel or the machine that hits at its sampling interval, on one CPU.</summary>
    /// <param name="request">Which counter, and how often.</param>
    /// <param name="cpu">The CPU. Fails with ENODEV when it is offline.</param>
    /// <param name="handle">The event.</param>
    /// <param name="error">Why it failed.</param>
    public bool TryOpenCounter(
        in CounterEventRequest request, int cpu, [NotNullWhen(true)] out SafeFdHandle? handle, out Errno error)
    {
        perf_event_attr attributes = Attributes(request.Type, request.Config);
        attributes.sample_period = request.SampleInterval;
        attributes.flag_bits = request.IsFrequency ? FrequencyBit : 0;
        return TryOpen(ref attributes, pid: -1, cpu, "counter", out handle, out error);
    }

    /// <summary>A kprobe or uprobe through its PMU, in all processes and bound to one CPU, or in one process.</summary>
    public bool TryOpenProbe(
        in ProbeEventRequest probe, int cpu, [NotNullWhen(true)] out SafeFdHandle? handle, out Errno error)
    {
        // SAFETY: pinned until the kernel has copied the name, and closed by a NUL.
        fixed (byte* symbol = Encoding.UTF8.GetBytes(probe.Symbol + '\0'))
        {
            perf_event_attr attributes = Attributes(probe.PmuType, probe.Config);
            attributes.config1 = (ulong)symbol;
            attributes.probe_offset = probe.Offset;
            return probe.ProcessId == 0
                ? TryOpen(ref attributes, pid: -1, cpu, probe.Symbol, out handle, out error)
                : TryOpen(ref attributes, probe.ProcessId, cpu: -1, probe.Symbol, out handle, out error);
        }
    }

    /// <summary><c>PERF_EVENT_IOC_ENABLE</c>.</summary>
    public Errno Enable(SafeFdHandle handle) => Control(EnableCall, handle, IocEnable, argument: 0);

    /// <summary>
    /// <c>PERF_EVENT_IOC_PAUSE_OUTPUT</c>: what programs send to a paused ring is refused with ENOSPC, and counted in
    /// the next record of lost ones.
    /// </summary>
    public Errno SetPaused(SafeFdHandle handle, bool isPaused) =>
        Control(PauseCall, handle, IocPauseOutput, isPaused ? 1u : 0u);

    /// <summary>
    /// <c>PERF_EVENT_IOC_SET_OUTPUT</c>: what is sent to the event goes into the ring of another event of the same CPU,
    /// which is mapped already.
    /// </summary>
    public Errno SetOutput(SafeFdHandle handle, SafeFdHandle ring)
    {
        using FdLease lease = ring.Lease();
        return Control(SetOutputCall, handle, IocSetOutput, (ulong)lease.Value);
    }

    /// <summary>
    /// How long the event has been counting, in nanoseconds. For an event bound to a CPU that time stands still once
    /// the CPU went offline, for good. Not reported to the observer.
    /// </summary>
    public bool TryReadRunningTime(SafeFdHandle handle, out ulong nanoseconds)
    {
        using FdLease lease = handle.Lease();
        ulong* values = stackalloc ulong[3]; // SAFETY: value, time enabled, time running: what ReadTimes asks for
        long result = gate.Read(lease.Value, values, 3 * sizeof(ulong));
        nanoseconds = values[2];
        return result == 3 * sizeof(ulong);
    }

    /// <summary><c>PERF_EVENT_IOC_SET_BPF</c>: the program runs at every hit until the event is closed.</summary>
    public Errno SetBpf(SafeFdHandle handle, SafeFdHandle program)
    {
        using FdLease lease = program.Lease();
        return Control(SetBpfCall, handle, IocSetBpf, (ulong)lease.Value);
    }

    // SAFETY: attributes are pinned until the call returns, and so is the symbol they point to; the kernel copies both.
    // The size field says how much of the structure this library knows.
    private static perf_event_attr Attributes(uint type, ulong config) =>
        new() { type = type, size = (uint)sizeof(perf_event_attr), config = config };

    private bool TryOpen(
        ref perf_event_attr attributes,
        int pid,
        int cpu,
        string subject,
        [NotNullWhen(true)] out SafeFdHandle? handle,
        out Errno error)
    {
        long result;

        // SAFETY: pinned for the duration of the call; its size field tells the kernel how far it may read.
        fixed (perf_event_attr* pointer = &attributes)
        {
            do
            {
                result = gate.PerfEventOpen(pointer, pid, cpu, NoGroup, CloseOnExec);
            }
            while (result == -(long)Errno.EINTR);
        }

        if (reporter.IsWatched)
        {
            reporter.Returned(OpenCall, Describe(attributes, subject, pid, cpu), result);
        }

        error = result.ToErrno();
        handle = error == Errno.None ? new SafeFdHandle(gate, (int)result) : null;
        return handle is not null;
    }

    private static string Describe(in perf_event_attr attributes, string subject, int pid, int cpu) =>
        $"{subject} type={attributes.type} config=0x{attributes.config:x} " +
        $"config2=0x{attributes.config2:x} pid={pid} cpu={cpu}";

    private Errno Control(string call, SafeFdHandle handle, uint request, ulong argument)
    {
        using FdLease lease = handle.Lease();
        long result;
        do
        {
            result = gate.IoControl(lease.Value, request, argument);
        }
        while (result == -(long)Errno.EINTR);

        if (reporter.IsWatched)
        {
            reporter.Returned(call, $"fd={lease.Value} argument={argument}", result);
        }

        return result.ToErrno();
    }
}
