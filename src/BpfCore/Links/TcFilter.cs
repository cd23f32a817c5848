using System.Buffers.Binary;
using BpfCore.Programs;
using BpfCore.Syscalls;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>A program that runs as a filter of traffic control, until it is disposed.</summary>
/// <remarks>
/// The kernel keeps it beyond the end of the process; <see cref="Keep"/> makes that the intention. Disposing takes the
/// filter away only while this program has its place.
/// </remarks>
public sealed class TcFilter : BpfLink
{
    private readonly NetlinkChannel _channel;
    private readonly uint _programId;
    private bool _isAttached;

    private TcFilter(BpfProgram program, TcHook hook)
        : base(program, hook, "tc filter")
    {
        Hook = hook;
        _programId = program.GetInfo().Id;
        _channel = new NetlinkChannel(program.Calls);
    }

    /// <summary>Where it runs.</summary>
    public TcHook Hook { get; }

    /// <summary>Its place in the order of filters: the one asked for, or the kernel's choice.</summary>
    public int Priority { get; private set; }

    /// <summary>Its number among those of its priority: the one asked for, or the kernel's choice.</summary>
    public uint Handle { get; private set; }

    /// <summary>
    /// Lets go of the filter, which stays when this object is disposed and the process ends;
    /// <see cref="TrafficControl.TryDetach"/> takes it away.
    /// </summary>
    public void Keep()
    {
        _isAttached = false;
        _channel.Dispose();
    }

    internal static TcFilter Attach(BpfProgram program, TcHook hook, TcFilterOptions options)
    {
        TcFilter filter = new(program, hook);
        NetlinkVerdict verdict = filter._channel.Ask(filter.NewFilter(program, options), filter.TakeEcho);
        if (verdict.Error != Errno.None)
        {
            filter._channel.Dispose();
            throw AttachFailure.Of(
                program, hook, "netlink(RTM_NEWTFILTER)", verdict.Error, Explain(verdict));
        }

        filter._isAttached = true;
        return filter;
    }

    // The kernel repeats the filter that it made (NLM_F_ECHO), with what it chose.
    private NetlinkRequest NewFilter(BpfProgram program, TcFilterOptions options)
    {
        ushort existing = options.Existing == TcExistingFilter.Replace ? NLM_F_REPLACE : NLM_F_EXCL;
        NetlinkRequest request = NetlinkRequest.OfTrafficControl(
            "RTM_NEWTFILTER",
            RTM_NEWTFILTER,
            (ushort)(NLM_F_ACK | NLM_F_ECHO | NLM_F_CREATE | existing),
            Hook.InterfaceIndex,
            Hook.Parent,
            options.Handle,
            TrafficControl.PlaceOf(options.Priority));
        request.Add(TCA_KIND, "bpf");
        int nested = request.Open(TCA_OPTIONS | NLA_F_NESTED);
        using FdLease lease = program.Handle.Lease();
        request.Add(TCA_BPF_FD, (uint)lease.Value)
            .Add(TCA_BPF_NAME, $"{program.Name}:[{_programId}]")
            .Add(TCA_BPF_FLAGS, TCA_BPF_FLAG_ACT_DIRECT);
        request.Close(nested);
        return request;
    }

    private void TakeEcho(ushort type, ReadOnlySpan<byte> payload)
    {
        if (type == RTM_NEWTFILTER && payload.Length >= TCMSG_SIZE)
        {
            Handle = BinaryPrimitives.ReadUInt32LittleEndian(payload[TCM_HANDLE..]);
            Priority = (int)(BinaryPrimitives.ReadUInt32LittleEndian(payload[TCM_INFO..]) >> 16);
        }
    }

    private static string? Explain(NetlinkVerdict verdict) => verdict.Error switch
    {
        Errno.ENODEV => "this network namespace has no such interface",
        Errno.ENOENT or Errno.EINVAL when verdict.Words?.Contains("disc", StringComparison.Ordinal) != false =>
            $"{verdict.Words ?? "the interface has no such hook"}; {nameof(TrafficControl)}."
            + $"{nameof(TrafficControl.TryAddClsact)} makes ingress and egress, and needs CONFIG_NET_SCH_INGRESS",
        Errno.EEXIST => "another filter has this priority and handle",
        _ => verdict.Words,
    };

    private protected override void Detach()
    {
        if (!_isAttached)
        {
            return;
        }

        _isAttached = false;
        foreach (TcFilterInfo filter in TrafficControl.List(_channel, Hook, out _))
        {
            if (filter.Priority == Priority && filter.Handle == Handle && filter.ProgramId == _programId)
            {
                TrafficControl.Delete(_channel, Hook, Priority, Handle);
            }
        }

        _channel.Dispose();
    }
}
