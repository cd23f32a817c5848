using BpfCore.Diagnostics;
using BpfCore.Maps;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Attaches programs to what a descriptor stands for: cgroups, network namespaces, maps of sockets.</summary>
internal static class DescriptorAttacher
{
    public static BpfLink AttachCgroup(BpfProgram program, string path, CgroupSharing sharing)
    {
        CgroupTarget target = new(path, program.ExpectedAttachType);
        using SafeFdHandle cgroup = Open(program, target, path);
        return AttachLinkOrDirectly(program, target, cgroup, (uint)sharing, "cgroup", ExplainCgroup);
    }

    public static BpfLink AttachNetworkNamespace(BpfProgram program, string path)
    {
        NetworkNamespaceTarget target = new(path);
        using SafeFdHandle space = Open(program, target, path);
        LinkRequest request = new(program.Handle, (uint)program.ExpectedAttachType) { Target = space };
        return KernelLink.Create(program, target, "network namespace", request, ExplainNamespace);
    }

    public static BpfLink AttachSockMap(BpfProgram program, BpfMap map) => AttachLinkOrDirectly(
        program, new MapTarget(map.Name), map.Handle, flags: 0, "sockmap", ExplainSockMap);

    private static BpfLink AttachLinkOrDirectly(
        BpfProgram program,
        AttachTarget target,
        SafeFdHandle handle,
        uint flags,
        string way,
        Func<Errno, string?> explain)
    {
        SystemCalls calls = program.Calls;
        LinkRequest request = new(program.Handle, (uint)program.ExpectedAttachType) { Target = handle };
        if (calls.Bpf.TryLinkCreate(request, out SafeFdHandle? link, out Errno error))
        {
            return new KernelLink(program, target, way, link);
        }

        if (error != Errno.EINVAL)
        {
            throw AttachFailure.Of(program, target, BpfCommand.LinkCreate.Call(), error, explain(error));
        }

        calls.Observer?.OnFallback(new FallbackTaken(
            $"{program} at {target}", "BPF_LINK_CREATE", "BPF_PROG_ATTACH", error.Symbol()));
        return DirectLink.Attach(program, target, handle, flags, explain);
    }

    private static SafeFdHandle Open(BpfProgram program, AttachTarget target, string path) =>
        program.Calls.Files.TryOpen(path, FileAccessMode.Read, out SafeFdHandle? file, out Errno error)
            ? file
            : throw AttachFailure.Of(program, target, $"open({path})", error);

    private static string? ExplainCgroup(Errno error) => error switch
    {
        Errno.EBADF => "the path is no directory of cgroup version 2 (mount -t cgroup2)",
        Errno.EPERM => "a cgroup above has a program that allows no other, or a capability is missing",
        Errno.EINVAL => "the attach type of the program is none of a cgroup",
        _ => null,
    };

    private static string? ExplainNamespace(Errno error) => error switch
    {
        Errno.EEXIST => "another program is attached to this namespace",
        Errno.EINVAL => "the path is no network namespace, or the program has no such attach type",
        Errno.E2BIG => "the namespace has no room for another program",
        _ => null,
    };

    private static string? ExplainSockMap(Errno error) => error switch
    {
        Errno.EBUSY => "another program is attached to the map, or a parser and a verdict exclude each other",
        Errno.EINVAL or Errno.EOPNOTSUPP => "the map holds no sockets, or the kernel lacks this attach type",
        _ => null,
    };
}
