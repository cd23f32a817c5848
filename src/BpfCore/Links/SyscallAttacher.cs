using System.Runtime.InteropServices;
using BpfCore.Kernel;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Links;

/// <summary>Attaches programs to the kernel functions behind system calls.</summary>
internal sealed class SyscallAttacher(BpfProgram program)
{
    // With CONFIG_ARCH_HAS_SYSCALL_WRAPPER (x86-64 since 4.17, arm64 since 4.19) the entry is a wrapper with the
    // architecture's prefix, else the function that SYSCALL_DEFINEx makes (include/linux/syscalls.h).
    private static readonly string[] s_prefixes =
    [
        RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "__arm64_sys_" : "__x64_sys_",
        "__se_sys_",
    ];

    /// <summary>Attaches at the first of the names that the kernel has.</summary>
    public BpfLink Attach(SyscallTarget target, ProbeOptions options)
    {
        ProbeAttacher attacher = new(program.Calls);
        for (int i = 0; ; i++)
        {
            ProbeLocation location = new(
                target, TracefsEventKind.Kprobe, s_prefixes[i] + target.Name, Offset: 0, target.IsReturn);
            try
            {
                return attacher.Attach(program, location, options);
            }
            catch (SyscallException e) when (e.ErrorNumber == (int)Errno.ENOENT && i < s_prefixes.Length - 1)
            {
                // The next name is the only way to learn whether this kernel wraps its calls.
            }
        }
    }
}
