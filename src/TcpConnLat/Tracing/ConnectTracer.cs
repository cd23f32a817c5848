using BpfCore;
using BpfCore.Buffers;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Specs;
using Microsoft.Win32.SafeHandles;
using TcpConnLat.Attach;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace TcpConnLat.Tracing;

/// <summary>The BPF programs at work: maps, attached probes and the buffer that their events come through.</summary>
internal sealed class ConnectTracer : IConnectSource, IDisposable
{
    // Events of a CPU that are printed together under load: enough that waking the tool no longer counts, and a small
    // part of the ring.
    private const int BatchUnderLoad = 64;

    // Rows are to be printed within 50 ms: the rest is for the tool to get a CPU and to write.
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_checkInterval = TimeSpan.FromSeconds(1);

    private readonly ConnectBpf _bpf;
    private readonly PerfBuffer _events;
    private readonly BpfObserver? _observer;
    private long _lastCheck = Stopwatch.GetTimestamp();
    private ulong _ringless;
    private bool _isTidy;

    private ConnectTracer(ConnectBpf bpf, PerfBuffer events, AttachedProbes probes, BpfObserver? observer)
    {
        _bpf = bpf;
        _events = events;
        _observer = observer;
        Probes = probes;
    }

    /// <summary>The attached probes, and how they were attached.</summary>
    public AttachedProbes Probes { get; }

    /// <summary>Loads and attaches everything.</summary>
    /// <param name="options">The filters, and the way to attach.</param>
    /// <param name="observer">Told of each step, or null.</param>
    /// <param name="stop">Ends the start when a signal asks for it.</param>
    /// <exception cref="BpfException">The object cannot be loaded here.</exception>
    /// <exception cref="AttachException">No permitted way to attach works.</exception>
    /// <exception cref="OperationCanceledException">A signal asked to stop.</exception>
    public static ConnectTracer Start(TraceOptions options, BpfObserver? observer, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        KernelBtf.Preload(); // the longest step, and the last one whose result is needed
        ConnectBpf.Spec spec = Prepare(options, observer);
        ConnectBpf bpf = spec.Load(new BpfLoadOptions { Observer = observer });
        PerfBuffer? events = null;
        try
        {
            // Before the probes: what they send finds the rings in place.
            events = PerfBuffer.Open(bpf.Maps.Events, RingOptions(options.Batch));
            ObjectProbeAttacher attacher = new(bpf, spec.Programs, stop);
            return new ConnectTracer(bpf, events, AttachLadder.Climb(attacher, options.ForcedWay, observer), observer);
        }
        catch
        {
            events?.Dispose();
            bpf.Dispose();
            throw;
        }
    }

    /// <summary>Has <see cref="Poll"/> tell when the reader of a descriptor went away.</summary>
    /// <param name="descriptor">The descriptor; it stays the caller's.</param>
    public void WatchForHangup(SafeFileHandle descriptor) => _events.WatchForHangup(descriptor);

    /// <inheritdoc/>
    public PollResult Poll(TimeSpan timeout, ref EventPrinter printer)
    {
        RemoveLeftovers();
        bool isLong = timeout < TimeSpan.Zero || timeout > s_checkInterval;
        PollResult result = _events.Poll(isLong ? s_checkInterval : timeout, ref printer);
        RenewRings();
        return result;
    }

    /// <inheritdoc/>
    public void Wake() => _events.Wake();

    /// <inheritdoc/>
    public void Finish(ref EventPrinter printer)
    {
        Probes.Dispose();

        // What a program that still runs sends is refused and counted, so that nothing comes into a ring unseen.
        _events.Pause();
        _events.Consume(ref printer);
    }

    /// <inheritdoc/>
    public Losses ReadLosses()
    {
        ConnectBpf.LiveVariables counters = _bpf.Variables;
        return new Losses(
            counters.LostEvents,
            counters.LostRingless,
            counters.LostRefused,
            counters.LostStarts,
            counters.ClockAnomalies);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Probes.Dispose();
        _events.Dispose();
        _bpf.Dispose();
    }

    // A run that was killed may have left kprobes in tracefs; the way taken now may not be the one that cleans up. They
    // disturb nobody, so this waits until the start is over.
    private void RemoveLeftovers()
    {
        if (!_isTidy)
        {
            _isTidy = true;
            TracefsLeftovers.Remove(_observer);
        }
    }

    // The buffer sees by itself that a CPU came or went, but not that one did both since it last looked.
    private void RenewRings()
    {
        if (Stopwatch.GetElapsedTime(_lastCheck) < s_checkInterval)
        {
            return;
        }

        _lastCheck = Stopwatch.GetTimestamp();
        ulong ringless = _bpf.Variables.LostRingless;
        if (ringless != _ringless)
        {
            _ringless = ringless;
            _events.CheckCpus();
        }
    }

    private static PerfBufferOptions RingOptions(int? batch) => new()
    {
        WakeupEvents = batch ?? BatchUnderLoad,
        Batching = batch is null ? WakeupBatching.UnderLoad : WakeupBatching.Always,
        MaximumDelay = s_longestDelay,
    };

    // The programs are loaded one by one, as the ladder asks for them: those of other ways may not load here at all.
    private static ConnectBpf.Spec Prepare(TraceOptions options, BpfObserver? observer)
    {
        ConnectBpf.Spec spec = ConnectBpf.Open(observer);
        spec.Constants.FilterTgid = options.ProcessId ?? 0;
        spec.Constants.FilterMinNs = options.MinimumLatencyNanoseconds;
        spec.Constants.FilterIpVersion = (byte)options.IpVersion;
        foreach (ProgramSpec program in spec.Object.Programs)
        {
            program.AutoLoad = false;
        }

        return spec;
    }
}
