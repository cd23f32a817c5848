using BpfCore.Diagnostics;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Attaches XDP programs: by a link, or through netlink where the kernel makes none.</summary>
internal static class XdpAttacher
{
    public static BpfLink Attach(BpfProgram program, int index, XdpMode mode, XdpAttachMode attachMode)
    {
        InterfaceTarget target = new(index, "xdp");
        if (attachMode == XdpAttachMode.Netlink)
        {
            return XdpNetlinkLink.Attach(program, target, mode);
        }

        LinkRequest request = new(program.Handle, (uint)AttachType.Xdp)
        {
            InterfaceIndex = (uint)index,
            Flags = (uint)mode,
        };
        SystemCalls calls = program.Calls;
        if (calls.Bpf.TryLinkCreate(request, out SafeFdHandle? link, out Errno error))
        {
            return new KernelLink(program, target, $"XDP {mode}", link);
        }

        // Also the answer for a program that the driver refuses; netlink then tells why.
        if (error != Errno.EINVAL || attachMode == XdpAttachMode.Link)
        {
            throw AttachFailure.Of(program, target, BpfCommand.LinkCreate.Call(), error, Explain(error));
        }

        calls.Observer?.OnFallback(new FallbackTaken(
            $"{program} at {target}", "BPF_LINK_CREATE", "netlink", error.Symbol()));
        return XdpNetlinkLink.Attach(program, target, mode);
    }

    /// <summary>What an errno means here.</summary>
    public static string? Explain(Errno error) => error switch
    {
        Errno.ENODEV => "this network namespace has no such interface",
        Errno.EBUSY or Errno.EEXIST => "another program is attached there",
        Errno.EOPNOTSUPP => $"the driver has no XDP; use {nameof(XdpMode)}.{nameof(XdpMode.Generic)}",
        Errno.EINVAL => "the kernel knows no links of XDP (before 5.9), or the driver refused this program",
        _ => null,
    };
}
