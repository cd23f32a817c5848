using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>What a user can do about a refused call. A capability is named only when the process lacks it.</summary>
internal static class PermissionAdvice
{
    // No level of the kernel's own, which knows none above 2: from here on Debian's kernels ask for CAP_SYS_ADMIN, and
    // it is their default.
    private const int DebianParanoidLevel = 3;

    private static readonly KernelVersion s_memoryCgroupAccounting = new(5, 11, 0);
    private static readonly KernelVersion s_bpfCapability = new(5, 8, 0);

    /// <summary>Advice for the running kernel and process (a <see cref="SyscallAdvice"/>).</summary>
    public static string? For(string call, Errno error) => For(KernelFiles.Host, call, error);

    /// <summary>Advice for the process and kernel that <paramref name="files"/> describe.</summary>
    public static string? For(KernelFiles files, string call, Errno error) => error switch
    {
        Errno.EMFILE => "raise the limit of open files (ulimit -n)",
        Errno.ENOSYS => "the kernel lacks this call, or a seccomp filter hides it",
        Errno.EPERM or Errno.EACCES => Refused(files, call),
        _ => null,
    };

    private static string? Refused(KernelFiles files, string call)
    {
        if (call.StartsWith("bpf(", StringComparison.Ordinal))
        {
            return BpfRefused(files, call);
        }

        return call switch
        {
            PerfEventSyscall.OpenCall or PerfEventSyscall.SetBpfCall =>
                Missing(files, Capability.PerfMon) ?? Paranoid(files) ?? Otherwise(files),
            MemorySyscall.MapCall => Missing(files, Capability.IpcLock) is string missing
                ? $"{missing}, or use smaller buffers: kernel.perf_event_mlock_kb bounds them"
                : null,
            _ => null,
        };
    }

    private static string BpfRefused(KernelFiles files, string call)
    {
        if (Missing(files, Capability.Bpf, Capability.PerfMon) is string missing)
        {
            return missing;
        }

        // Before memory cgroups counted BPF memory, the limit of locked memory showed as EPERM (kernel/bpf/syscall.c).
        return call == BpfCommand.MapCreate.Call() && KernelVersion.Read(files) < s_memoryCgroupAccounting
            ? "the limit of locked memory may be too low for kernels before 5.11 (ulimit -l)"
            : Otherwise(files);
    }

    private static string? Paranoid(KernelFiles files) =>
        int.TryParse(files.TryRead("proc/sys/kernel/perf_event_paranoid"), out int level)
            && level >= DebianParanoidLevel
            && Missing(files, Capability.SysAdmin) is not null
            ? $"kernel.perf_event_paranoid={level} asks for CAP_SYS_ADMIN: run as root, or set it to 2"
            : null;

    private static string? Missing(KernelFiles files, params ReadOnlySpan<Capability> needed)
    {
        CapabilitySet held = CapabilitySet.Parse(files.Read("proc/self/status"));
        if (held.GrantsAll(needed))
        {
            return null;
        }

        return Describe(files, held.Missing(needed));
    }

    private static string Describe(KernelFiles files, IReadOnlyList<Capability> missing)
    {
        string names = string.Join(" and ", missing.Select(static capability => capability.KernelName()));
        return missing.Contains(Capability.IpcLock) || KernelVersion.Read(files) >= s_bpfCapability
            ? $"{names} missing, run as root"
            : "CAP_SYS_ADMIN missing, run as root";
    }

    private static string Otherwise(KernelFiles files) =>
        Lockdown.Parse(files.TryRead("sys/kernel/security/lockdown")) == LockdownMode.Confidentiality
            ? Lockdown.Explanation
            : "no capability is missing: a security module, a seccomp filter or the kernel's configuration refuses it";
}
