using BpfCore.Programs;
using BpfCore.Syscalls;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>An XDP program that was attached through netlink: this object stands for it and takes it back.</summary>
internal sealed class XdpNetlinkLink : BpfLink
{
    private const uint NoProgram = uint.MaxValue; // a descriptor of -1 detaches

    private readonly NetlinkChannel _channel;
    private readonly SafeFdHandle _program;
    private readonly int _index;
    private readonly XdpMode _mode;
    private bool _isAttached;

    private XdpNetlinkLink(BpfProgram program, InterfaceTarget target, XdpMode mode)
        : base(program, target, $"XDP {mode} through netlink")
    {
        _channel = new NetlinkChannel(program.Calls);
        _program = program.Handle;
        _index = target.Index;
        _mode = mode;
    }

    /// <summary>Attaches a program, unless another one is there.</summary>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static XdpNetlinkLink Attach(BpfProgram program, InterfaceTarget target, XdpMode mode)
    {
        XdpNetlinkLink link = new(program, target, mode);
        using FdLease lease = program.Handle.Lease();
        NetlinkVerdict verdict = link.Set((uint)lease.Value, XDP_FLAGS_UPDATE_IF_NOEXIST, expected: null);
        if (verdict.Error != Errno.None)
        {
            link._channel.Dispose();
            throw AttachFailure.Of(
                program,
                target,
                "netlink(RTM_SETLINK)",
                verdict.Error,
                verdict.Words ?? XdpAttacher.Explain(verdict.Error));
        }

        link.Hold();
        return link;
    }

    // The descriptor is needed to detach this program and no other, and the program may be disposed before the link.
    private void Hold()
    {
        bool added = false;
        _program.DangerousAddRef(ref added);
        _isAttached = true;
    }

    private NetlinkVerdict Set(uint program, uint flags, uint? expected)
    {
        NetlinkRequest request = NetlinkRequest.OfInterface("RTM_SETLINK", RTM_SETLINK, NLM_F_ACK, _index);
        int xdp = request.Open(IFLA_XDP | NLA_F_NESTED);
        request.Add(IFLA_XDP_FD, program).Add(IFLA_XDP_FLAGS, (uint)_mode | flags);
        if (expected is uint descriptor)
        {
            request.Add(IFLA_XDP_EXPECTED_FD, descriptor);
        }

        request.Close(xdp);
        return _channel.Ask(request);
    }

    private protected override void Detach()
    {
        if (!_isAttached)
        {
            return;
        }

        _isAttached = false;
        int descriptor = (int)_program.DangerousGetHandle(); // held open since it was attached
        NetlinkVerdict verdict = Set(NoProgram, XDP_FLAGS_REPLACE, (uint)descriptor);
        if (verdict.Error == Errno.EINVAL)
        {
            Set(NoProgram, flags: 0, expected: null); // before 5.7, which cannot tell whose program it is
        }

        _program.DangerousRelease();
        _channel.Dispose();
    }
}
