using BpfCore.Btf;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>
/// The types of the running kernel and of its modules (<c>/sys/kernel/btf</c>, <c>CONFIG_DEBUG_INFO_BTF</c>).
/// </summary>
/// <remarks>
/// The file is mapped where the kernel allows it (6.16) and read into memory elsewhere. What was read stays for the
/// life of the process. Safe for use by several threads.
/// </remarks>
public static class KernelBtf
{
    /// <summary>Whether the kernel has BTF to offer.</summary>
    public static bool IsAvailable => Cache.IsAvailable;

    /// <summary>The types of the kernel itself.</summary>
    /// <exception cref="KernelFeatureException">The kernel has no BTF or it may not be read.</exception>
    /// <exception cref="BpfFormatException">What the kernel offers is no BTF.</exception>
    public static BtfFile Vmlinux() => Cache.Vmlinux();

    /// <summary>
    /// Begins to read the kernel's types on a thread of its own and returns at once: for programs that are going to
    /// load an object that needs them, and have something else to do before. Nothing happens on a machine with one CPU.
    /// </summary>
    /// <remarks><see cref="Vmlinux"/> waits for what has begun; it also says what went wrong.</remarks>
    public static void Preload()
    {
        if (Environment.ProcessorCount > 1)
        {
            new Thread(Cache.TryReadVmlinux) { IsBackground = true, Name = "kernel BTF" }.Start();
        }
    }

    /// <summary>The types of a loaded module, as split BTF on top of <see cref="Vmlinux"/>.</summary>
    /// <param name="name">Name of the module, for example <c>nf_conntrack</c>.</param>
    /// <exception cref="KernelFeatureException">The module is not loaded or has no BTF.</exception>
    /// <exception cref="BpfFormatException">What the kernel offers is no BTF.</exception>
    public static BtfFile Module(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return Cache.Module(name);
    }

    /// <summary>Names of the loaded modules that have BTF.</summary>
    public static IReadOnlyList<string> ModuleNames() => Cache.ModuleNames();

    /// <summary>What was read of the running kernel so far.</summary>
    internal static KernelBtfCache Cache { get; } =
        new(KernelFiles.Host, new SystemCalls(LinuxSyscallGate.Instance, observer: null, PermissionAdvice.For));
}
