using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>Descriptors of the BTF of kernel modules, which programs that attach to them refer to.</summary>
internal static class ModuleBtfHandle
{
    /// <summary>Opens the BTF of a loaded module.</summary>
    /// <exception cref="KernelFeatureException">No loaded BTF has that name.</exception>
    /// <exception cref="SyscallException">The kernel refused; walking over ids takes CAP_SYS_ADMIN.</exception>
    public static SafeFdHandle Open(SystemCalls calls, string module)
    {
        uint id = 0;
        while (calls.Bpf.TryBtfGetNextId(id, out id))
        {
            // A module may be unloaded between the two calls: its id is then gone.
            if (!calls.Bpf.TryBtfGetFdById(id, out SafeFdHandle? btf, out _))
            {
                continue;
            }

            if (calls.Bpf.GetBtfName(btf) == module)
            {
                return btf;
            }

            btf.Dispose();
        }

        throw new KernelFeatureException($"BTF of module {module}", "the module was unloaded");
    }
}
