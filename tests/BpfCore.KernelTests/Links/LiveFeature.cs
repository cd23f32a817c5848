using System.Diagnostics;
using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.KernelTests.Links;

/// <summary>
/// What the running kernel can attach to, told by its own types and files: a test of a kind that it lacks asserts the
/// refusal instead.
/// </summary>
internal static class LiveFeature
{
    private const string SecurityModules = "/sys/kernel/security/lsm";

    public static bool Kprobes => ProbePmu.Find(TracefsEventKind.Kprobe) is not null;

    public static bool KprobeMulti => HasStruct("bpf_kprobe_multi_link");

    public static bool KprobeSession => KprobeMulti && HasStruct("bpf_session_run_ctx");

    public static bool UprobeMulti => HasStruct("bpf_uprobe_multi_link");

    public static bool UprobeSession => UprobeMulti && HasMember("uprobe_consumer", "ret_handler")
        && HasMember("bpf_uprobe", "session");

    public static bool PerfEventLinks => HasStruct("bpf_perf_link");

    public static bool RawTracepointCookies => HasMember("bpf_raw_tp_link", "cookie");

    public static bool Tcx => HasStruct("tcx_link");

    public static bool Netkit => HasStruct("netkit_link");

    public static bool NetfilterLinks => HasStruct("bpf_nf_link");

    public static bool SockMapLinks => HasStruct("sockmap_link");

    // A kernel that is closed to probes refuses trampolines too, with EPERM.
    public static bool Trampolines => Kprobes && KernelSymbols.Host.Has("register_ftrace_direct");

    // Since 6.0; where a link keeps its cookie has changed since (bpf_tramp_link, from 7.2 on bpf_tramp_node).
    public static bool TrampolineCookies => Trampolines && HasMember("bpf_tramp_run_ctx", "bpf_cookie");

    public static bool CgroupIterator => HasStruct("bpf_iter__cgroup");

    public static bool TaskIteratorTargets => HasMember("bpf_iter_aux_info", "task");

    /// <summary>Whether security hooks call programs: <c>bpf</c> has to be among the active modules.</summary>
    public static bool BpfSecurityModule
    {
        get
        {
            if (!File.Exists(SecurityModules))
            {
                string[] arguments = ["-t", "securityfs", "securityfs", "/sys/kernel/security"];
                using Process mount = Process.Start("mount", arguments);
                mount.WaitForExit();
            }

            return File.Exists(SecurityModules) && File.ReadAllText(SecurityModules).Trim().Split(',').Contains("bpf");
        }
    }

    /// <summary>Whether the kernel knows an attach type, which its enumeration tells.</summary>
    public static bool HasHook(AttachType hook)
    {
        if (!KernelBtf.Vmlinux().TryFind("bpf_attach_type", BtfKind.Enum, out BtfType type))
        {
            return false;
        }

        ulong last = 0;
        foreach (BtfEnumValue value in type.EnumValues)
        {
            last = Math.Max(last, value.Value);
        }

        return (ulong)hook < last; // the last one counts them: __MAX_BPF_ATTACH_TYPE
    }

    /// <summary>Skips the test where the kernel has no filters of BPF (<c>cls_bpf</c>) or no clsact.</summary>
    public static void RequireTrafficControl()
    {
        if (!KernelSymbols.Host.Has("cls_bpf_classify") || !KernelSymbols.Host.Has("clsact_init"))
        {
            LiveKernel.SkipOrFail("the kernel has no cls_bpf or no clsact");
        }
    }

    /// <summary>Whether types of the kernel have a function that is compiled in with a feature.</summary>
    public static bool HasFunction(string name) => KernelBtf.Vmlinux().TryFind(name, BtfKind.Function, out _);

    /// <summary>The same for the kernel and its loaded modules.</summary>
    public static bool HasFunctionAnywhere(string name) => HasFunction(name)
        || KernelBtf.ModuleNames().Any(module => KernelBtf.Module(module).TryFind(name, BtfKind.Function, out _));

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
