using System.Runtime.InteropServices;
using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;

namespace BpfCore.Links;

public abstract partial class BpfLink
{
    /// <summary>Attaches a program of type <see cref="ProgramType.Xdp"/> to a network interface.</summary>
    /// <param name="program">The program.</param>
    /// <param name="interfaceIndex">Index of the interface in the network namespace of this thread.</param>
    /// <param name="mode">Where it runs.</param>
    /// <param name="attachMode">
    /// How: by a link of the kernel (5.9), or through netlink, as kernels before that do.
    /// </param>
    /// <remarks>
    /// What is attached through netlink stays attached when the process is killed; <see cref="HasKernelLink"/> tells.
    /// <see cref="XdpPrograms"/> shows what is attached.
    /// </remarks>
    /// <exception cref="SyscallException">
    /// The kernel refused: EBUSY when another program is attached there, EOPNOTSUPP when the driver cannot.
    /// </exception>
    public static BpfLink AttachXdp(
        BpfProgram program,
        int interfaceIndex,
        XdpMode mode = XdpMode.Auto,
        XdpAttachMode attachMode = XdpAttachMode.Auto)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        return Report(program, XdpAttacher.Attach(program, interfaceIndex, mode, attachMode));
    }

    /// <summary>
    /// Attaches a program to the packets of an interface as a filter of traffic control, on every kernel; 6.6 has
    /// <see cref="AttachTcx"/> beside it.
    /// </summary>
    /// <param name="program">The program, of a section <c>tc</c> or another of its type.</param>
    /// <param name="hook">
    /// Where; <see cref="TrafficControl.TryAddClsact"/> prepares an interface for ingress and egress.
    /// </param>
    /// <param name="options">Its place among the filters of the hook; null for one that the kernel chooses.</param>
    /// <returns>
    /// The filter; disposing it takes it away. The kernel has no link for it: it stays when the process is killed.
    /// </returns>
    /// <exception cref="SyscallException">
    /// The kernel refused: ENOENT or EINVAL when the interface has no such hook, EEXIST when the place is taken.
    /// </exception>
    public static TcFilter AttachTc(BpfProgram program, TcHook hook, TcFilterOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(hook);
        return Report(program, TcFilter.Attach(program, hook, options ?? new TcFilterOptions()));
    }

    /// <summary>Attaches a program to the packets that enter or leave a network interface (6.6).</summary>
    /// <param name="program">
    /// The program, of a section <c>tcx/ingress</c> or <c>tcx/egress</c>, which says where.
    /// </param>
    /// <param name="interfaceIndex">Index of the interface in the network namespace of this thread.</param>
    /// <param name="position">The place among other programs; null for the last.</param>
    /// <exception cref="InvalidOperationException">The program's attach type is none of the two.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachTcx(BpfProgram program, int interfaceIndex, LinkPosition? position = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        return Report(program, InterfaceAttacher.AttachTcx(program, interfaceIndex, position));
    }

    /// <summary>Attaches a program to one end of a netkit device (6.7).</summary>
    /// <param name="program">The program, of a section <c>netkit/primary</c> or <c>netkit/peer</c>.</param>
    /// <param name="interfaceIndex">Index of the primary device in the network namespace of this thread.</param>
    /// <param name="position">The place among other programs; null for the last.</param>
    /// <exception cref="InvalidOperationException">The program's attach type is none of the two.</exception>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachNetkit(BpfProgram program, int interfaceIndex, LinkPosition? position = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(interfaceIndex);
        return Report(program, InterfaceAttacher.AttachNetkit(program, interfaceIndex, position));
    }

    /// <summary>Attaches a program of type <see cref="ProgramType.Netfilter"/> (6.4).</summary>
    /// <param name="program">The program.</param>
    /// <param name="target">Protocol, hook and priority.</param>
    /// <exception cref="SyscallException">The kernel refused; EEXIST when the priority is taken.</exception>
    public static BpfLink AttachNetfilter(BpfProgram program, NetfilterTarget target)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(target);
        return Report(program, InterfaceAttacher.AttachNetfilter(program, target));
    }

    /// <summary>
    /// Attaches a program of a kind that cgroups run: <c>cgroup/…</c>, <c>cgroup_skb/…</c>, <c>sockops</c>,
    /// <c>lsm_cgroup</c>.
    /// </summary>
    /// <param name="program">The program; its attach type says to which hook.</param>
    /// <param name="path">Directory of the cgroup (version 2).</param>
    /// <param name="sharing">How kernels without such links (before 5.7) let it live with other programs.</param>
    /// <remarks>
    /// What is attached without a link stays attached when the process is killed; <see cref="HasKernelLink"/> tells.
    /// </remarks>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachCgroup(
        BpfProgram program, string path, CgroupSharing sharing = CgroupSharing.Multiple)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Report(program, DescriptorAttacher.AttachCgroup(program, path, sharing));
    }

    /// <summary>
    /// Attaches a program to a network namespace: one of type <see cref="ProgramType.SkLookup"/> (5.9) or
    /// <see cref="ProgramType.FlowDissector"/> (5.7).
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="path">File that stands for the namespace, for example <c>/proc/self/ns/net</c>.</param>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachNetworkNamespace(BpfProgram program, string path)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Report(program, DescriptorAttacher.AttachNetworkNamespace(program, path));
    }

    /// <summary>
    /// Attaches a program of type <see cref="ProgramType.SkMessage"/> or <see cref="ProgramType.SkSkb"/> to the sockets
    /// of a map.
    /// </summary>
    /// <param name="program">The program; its attach type says to which hook.</param>
    /// <param name="map">A map of type <see cref="MapType.SockMap"/> or <see cref="MapType.SockHash"/>.</param>
    /// <remarks>A link of the kernel from 6.10 on.</remarks>
    /// <exception cref="SyscallException">The kernel refused.</exception>
    public static BpfLink AttachSockMap(BpfProgram program, BpfMap map)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(map);
        return Report(program, DescriptorAttacher.AttachSockMap(program, map));
    }

    /// <summary>
    /// Attaches a program to a socket: one of type <see cref="ProgramType.SocketFilter"/> to the packets that it
    /// receives, one of type <see cref="ProgramType.SkReusePort"/> to the group of sockets that share its port (4.19).
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="socket">The socket; it has one filter at most, which is replaced.</param>
    /// <returns>The attachment; it ends with the socket, if it is not disposed before.</returns>
    /// <exception cref="SyscallException">The kernel refused; EINVAL for a program of another type.</exception>
    public static BpfLink AttachSocket(BpfProgram program, SafeHandle socket)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(socket);
        return Report(program, SocketLink.Attach(program, socket));
    }
}
