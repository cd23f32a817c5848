using BpfCore.Kernel;
using BpfCore.Syscalls;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>The XDP programs of an interface, one for each place at most, by their numbers; 0 for none.</summary>
/// <param name="Driver">Of the one in the driver.</param>
/// <param name="Generic">Of the one in the kernel's own path.</param>
/// <param name="Hardware">Of the one in the hardware.</param>
public readonly record struct XdpPrograms(uint Driver, uint Generic, uint Hardware)
{
    // include/uapi/linux/if_link.h: enum behind IFLA_XDP_ATTACHED
    private const uint AttachedInDriver = 1;
    private const uint AttachedGeneric = 2;
    private const uint AttachedInHardware = 3;

    /// <summary>Whether any program is attached.</summary>
    public bool Any => (Driver | Generic | Hardware) != 0;

    /// <summary>Asks the kernel, whoever attached them and in whichever way.</summary>
    /// <param name="interfaceIndex">Index of the interface in the network namespace of this thread.</param>
    /// <exception cref="SyscallException">The kernel refused: ENODEV when there is no such interface.</exception>
    public static XdpPrograms Of(int interfaceIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        SystemCalls calls = new(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For);
        using NetlinkChannel channel = new(calls);
        XdpPrograms programs = default;
        NetlinkVerdict verdict = channel.Ask(
            NetlinkRequest.OfInterface("RTM_GETLINK", RTM_GETLINK, NLM_F_ACK, interfaceIndex),
            (type, payload) => programs = type == RTM_NEWLINK && payload.Length >= IFINFOMSG_SIZE
                ? Read(new NetlinkAttributes(payload[IFINFOMSG_SIZE..]).Nested(IFLA_XDP))
                : programs);
        return verdict.Error == Errno.None
            ? programs
            : throw calls.Failure("netlink(RTM_GETLINK)", $"interface {interfaceIndex}", verdict.Error);
    }

    // With one program only the first attribute is sure to be there (before 5.0 no other is).
    private static XdpPrograms Read(NetlinkAttributes xdp)
    {
        uint attached = xdp.Number(IFLA_XDP_ATTACHED);
        uint only = xdp.Number(IFLA_XDP_PROG_ID);
        return new XdpPrograms(
            attached == AttachedInDriver ? only : xdp.Number(IFLA_XDP_DRV_PROG_ID),
            attached == AttachedGeneric ? only : xdp.Number(IFLA_XDP_SKB_PROG_ID),
            attached == AttachedInHardware ? only : xdp.Number(IFLA_XDP_HW_PROG_ID));
    }
}
