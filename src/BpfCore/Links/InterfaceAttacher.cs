using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Attaches programs to network interfaces and to netfilter.</summary>
internal static class InterfaceAttacher
{
    private const uint JoinFragments = 1; // BPF_F_NETFILTER_IP_DEFRAG

    public static BpfLink AttachTcx(BpfProgram program, int index, LinkPosition? position) => AttachOrdered(
        program,
        index,
        position,
        program.ExpectedAttachType switch
        {
            AttachType.TcxIngress => "tcx/ingress",
            AttachType.TcxEgress => "tcx/egress",
            _ => throw WrongType(program, AttachType.TcxIngress, AttachType.TcxEgress),
        },
        "TCX");

    public static BpfLink AttachNetkit(BpfProgram program, int index, LinkPosition? position) => AttachOrdered(
        program,
        index,
        position,
        program.ExpectedAttachType switch
        {
            AttachType.NetkitPrimary => "netkit/primary",
            AttachType.NetkitPeer => "netkit/peer",
            _ => throw WrongType(program, AttachType.NetkitPrimary, AttachType.NetkitPeer),
        },
        "netkit");

    public static BpfLink AttachNetfilter(BpfProgram program, NetfilterTarget target)
    {
        LinkRequest request = new(program.Handle, (uint)AttachType.Netfilter)
        {
            ProtocolFamily = (uint)target.Family,
            Hook = (uint)target.Hook,
            Priority = target.Priority,
            HookFlags = target.JoinsFragments ? JoinFragments : 0,
        };
        return KernelLink.Create(program, target, "netfilter", request, ExplainNetfilter);
    }

    private static KernelLink AttachOrdered(
        BpfProgram program, int index, LinkPosition? position, string hook, string way)
    {
        LinkRequest request = new(program.Handle, (uint)program.ExpectedAttachType)
        {
            InterfaceIndex = (uint)index,
            Flags = position?.Flags ?? 0,
            Relative = position?.Relative,
        };
        return KernelLink.Create(program, new InterfaceTarget(index, hook), way, request, ExplainOrdered);
    }

    private static InvalidOperationException WrongType(BpfProgram program, AttachType one, AttachType other) => new(
        $"{program} has the attach type {program.ExpectedAttachType}, expected {one} or {other}; its section or "
        + $"{nameof(ProgramSpec)}.{nameof(ProgramSpec.ExpectedAttachType)} says it");

    private static string? ExplainOrdered(Errno error) => error switch
    {
        Errno.ENODEV => "this network namespace has no such interface",
        Errno.EINVAL =>
            "the kernel does not know this hook (TCX since 6.6, netkit since 6.7), or the interface has none",
        Errno.ENOENT => "the neighbour is not attached there",
        Errno.ERANGE => "the hook has no room for another program",
        Errno.EACCES => "the device is the peer of a netkit pair; give the primary one",
        _ => null,
    };

    private static string? ExplainNetfilter(Errno error) => error switch
    {
        Errno.EEXIST or Errno.EBUSY => "another program has this priority",
        Errno.EINVAL => "the kernel knows no such links (before 6.4), or no program may have this priority",
        Errno.EAFNOSUPPORT => "the kernel does not filter this protocol",
        _ => null,
    };
}
