using BpfCore.Btf;
using BpfCore.Kernel;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>
/// What the running kernel can attach to, told by its own types and files: a test of a kind that it lacks asserts the
/// refusal instead.
/// </summary>
internal static class LiveFeature
{
    public static bool Kprobes => ProbePmu.Find(TracefsEventKind.Kprobe) is not null;

    public static bool KprobeMulti => HasFunction("kprobe_multi_link_prog_run");

    public static bool KprobeSession => KprobeMulti && HasStruct("bpf_session_run_ctx");

    public static bool UprobeMulti => HasFunction("uprobe_multi_link_release");

    public static bool UprobeSession => UprobeMulti && HasStruct("bpf_session_run_ctx");

    public static bool PerfEventLinks => HasFunction("bpf_perf_link_release");

    public static bool RawTracepointCookies => HasMember("bpf_raw_tp_link", "cookie");

    public static bool Tcx => HasFunction("tcx_link_prog_attach") || HasFunction("tcx_link_attach");

    public static bool Netkit => HasFunction("netkit_link_attach");

    public static bool NetfilterLinks => HasStruct("bpf_nf_link");

    public static bool SockMapLinks => HasFunction("sock_map_link_create");

    public static bool CgroupIterator => HasStruct("bpf_iter__cgroup");

    public static bool TaskIteratorTargets => HasMember("bpf_iter_aux_info", "task");

    public static bool LinkUpdate => HasFunction("bpf_link_get_from_fd");

    /// <summary>Whether types of the kernel have a function that is compiled in with a feature.</summary>
    public static bool HasFunction(string name) => KernelBtf.Vmlinux().TryFind(name, BtfKind.Function, out _);

    public static bool HasStruct(string name) => KernelBtf.Vmlinux().TryFind(name, BtfKind.Struct, out _);

    public static bool HasMember(string structure, string member)
    {
        if (!KernelBtf.Vmlinux().TryFind(structure, BtfKind.Struct, out BtfType type))
        {
            return false;
        }

        foreach (BtfMember candidate in type.Members)
        {
            if (candidate.Name == member)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A kernel without the feature refuses, and the message says what is missing.</summary>
    public static void AssertRefused(Action attach, params string[] words)
    {
        BpfException e = Assert.ThrowsAny<BpfException>(attach);

        foreach (string word in words)
        {
            Assert.Contains(word, e.Message, StringComparison.Ordinal);
        }
    }
}
