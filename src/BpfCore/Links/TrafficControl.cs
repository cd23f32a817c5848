using System.Buffers.Binary;
using BpfCore.Kernel;
using BpfCore.Syscalls;
using static BpfCore.Links.NetlinkNative;

namespace BpfCore.Links;

/// <summary>
/// Hooks of traffic control and the BPF programs in them, whoever attached them (<c>bpf_tc_hook_create</c>,
/// <c>bpf_tc_query</c>, <c>bpf_tc_detach</c> of libbpf). Needs CAP_NET_ADMIN.
/// </summary>
/// <remarks>Interfaces are those of the network namespace of the calling thread.</remarks>
public static class TrafficControl
{
    private const string Clsact = "clsact";

    /// <summary>
    /// Makes the hooks for ingress and egress of an interface (<c>tc qdisc add dev … clsact</c>, 4.5).
    /// </summary>
    /// <param name="interfaceIndex">Index of the interface.</param>
    /// <returns>False if it has them, or an ingress discipline that takes their place.</returns>
    /// <exception cref="SyscallException">
    /// The kernel refused: ENOENT when it was built without CONFIG_NET_SCH_INGRESS.
    /// </exception>
    public static bool TryAddClsact(int interfaceIndex) => ChangeClsact(
        "RTM_NEWQDISC", RTM_NEWQDISC, NLM_F_CREATE | NLM_F_EXCL, interfaceIndex, Errno.EEXIST);

    /// <summary>Takes the hooks away, with all filters in them.</summary>
    /// <param name="interfaceIndex">Index of the interface.</param>
    /// <returns>False if it has none.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static bool TryRemoveClsact(int interfaceIndex) =>
        ChangeClsact("RTM_DELQDISC", RTM_DELQDISC, 0, interfaceIndex, Errno.ENOENT, Errno.EINVAL);

    /// <summary>The BPF programs among the filters of a hook, in the order in which they run.</summary>
    /// <param name="hook">The hook; one that is not there has none.</param>
    /// <exception cref="SyscallException">The kernel refused: ENODEV when there is no such interface.</exception>
    public static IReadOnlyList<TcFilterInfo> Filters(TcHook hook)
    {
        ArgumentNullException.ThrowIfNull(hook);
        SystemCalls calls = RunningKernel();
        using NetlinkChannel channel = new(calls);
        List<TcFilterInfo> filters = List(channel, hook, out NetlinkVerdict verdict);
        return verdict.Error is Errno.None or Errno.EINVAL or Errno.ENOENT
            ? filters
            : throw calls.Failure("netlink(RTM_GETTFILTER)", Describe(hook, verdict), verdict.Error);
    }

    /// <summary>Takes a filter away.</summary>
    /// <param name="hook">Its hook.</param>
    /// <param name="priority">Its priority.</param>
    /// <param name="handle">Its handle.</param>
    /// <returns>False if there is none of BPF with these.</returns>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static bool TryDetach(TcHook hook, int priority, uint handle)
    {
        ArgumentNullException.ThrowIfNull(hook);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(priority); // 0 would take all filters of the hook
        ArgumentOutOfRangeException.ThrowIfZero(handle);
        SystemCalls calls = RunningKernel();
        using NetlinkChannel channel = new(calls);
        NetlinkVerdict verdict = Delete(channel, hook, priority, handle);
        return verdict.Error switch
        {
            Errno.None => true,
            Errno.ENOENT or Errno.EINVAL => false,
            Errno error => throw calls.Failure("netlink(RTM_DELTFILTER)", Describe(hook, verdict), error),
        };
    }

    internal static NetlinkVerdict Delete(NetlinkChannel channel, TcHook hook, int priority, uint handle) =>
        channel.Ask(NetlinkRequest.OfTrafficControl(
            "RTM_DELTFILTER",
            RTM_DELTFILTER,
            NLM_F_ACK,
            hook.InterfaceIndex,
            hook.Parent,
            handle,
            PlaceOf(priority)).Add(TCA_KIND, "bpf"));

    internal static List<TcFilterInfo> List(NetlinkChannel channel, TcHook hook, out NetlinkVerdict verdict)
    {
        List<TcFilterInfo> filters = [];
        verdict = channel.Ask(
            NetlinkRequest.OfTrafficControl(
                "RTM_GETTFILTER", RTM_GETTFILTER, NLM_F_DUMP, hook.InterfaceIndex, hook.Parent, handle: 0),
            (type, payload) =>
            {
                if (TcFilterInfo.TryRead(type, payload, out TcFilterInfo filter))
                {
                    filters.Add(filter);
                }
            });
        return filters;
    }

    /// <summary><c>tcm_info</c>: the priority, and the protocols in the order of the network; these are all.</summary>
    internal static uint PlaceOf(int priority) =>
        ((uint)priority << 16) | BinaryPrimitives.ReverseEndianness(ETH_P_ALL);

    private static bool ChangeClsact(
        string name, ushort type, ushort flags, int interfaceIndex, params ReadOnlySpan<Errno> already)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        SystemCalls calls = RunningKernel();
        using NetlinkChannel channel = new(calls);
        NetlinkVerdict verdict = channel.Ask(NetlinkRequest.OfTrafficControl(
            name,
            type,
            (ushort)(flags | NLM_F_ACK),
            interfaceIndex,
            parent: TC_H_CLSACT,
            handle: TC_H_CLSACT & TC_H_MAJ_MASK).Add(TCA_KIND, Clsact));
        return verdict.Error == Errno.None || (already.Contains(verdict.Error)
            ? false
            : throw calls.Failure(
                $"netlink({name})", $"clsact of interface {interfaceIndex}{Said(verdict)}", verdict.Error));
    }

    private static string Describe(TcHook hook, NetlinkVerdict verdict) => $"{hook}{Said(verdict)}";

    private static string Said(NetlinkVerdict verdict) => verdict.Words is null ? "" : $": {verdict.Words}";

    private static SystemCalls RunningKernel() =>
        new(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For);
}
