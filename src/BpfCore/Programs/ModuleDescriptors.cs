using BpfCore.Btf;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>
/// Descriptors of the BTF of modules whose variables and functions an object uses; opened when a program needs them,
/// and kept for the programs that are loaded later.
/// </summary>
/// <param name="calls">The kernel.</param>
/// <param name="kernelTypes">The types that were read of it.</param>
internal sealed class ModuleDescriptors(SystemCalls calls, KernelBtfCache kernelTypes) : IDisposable
{
    private readonly Dictionary<BtfFile, SafeFdHandle> _handles = [];
    private int[] _array = [];

    /// <summary>
    /// What <c>fd_array</c> of <c>BPF_PROG_LOAD</c> holds: the modules by the index that calls of their functions have
    /// in their offset field. The first place is not used: offset 0 stands for the kernel itself.
    /// </summary>
    public ReadOnlySpan<int> Array => _array;

    /// <summary>Opens what a symbol needs.</summary>
    /// <returns>The descriptor of its module, valid until this is disposed; 0 for the kernel itself.</returns>
    /// <exception cref="KernelFeatureException">The module was unloaded.</exception>
    /// <exception cref="SyscallException">The kernel refused; walking over modules takes CAP_SYS_ADMIN.</exception>
    public int Open(ResolvedExtern symbol)
    {
        if (symbol.Module is not { } module)
        {
            return 0;
        }

        if (!_handles.TryGetValue(module, out SafeFdHandle? handle))
        {
            handle = ModuleBtfHandle.Open(calls, kernelTypes.NameOf(module));
            _handles.Add(module, handle);
        }

        int descriptor = (int)handle.DangerousGetHandle();
        if (symbol.ModuleIndex >= _array.Length && symbol.ModuleIndex > 0)
        {
            System.Array.Resize(ref _array, symbol.ModuleIndex + 1);
        }

        if (symbol.ModuleIndex > 0)
        {
            _array[symbol.ModuleIndex] = descriptor;
        }

        return descriptor;
    }

    public void Dispose()
    {
        foreach (SafeFdHandle handle in _handles.Values)
        {
            handle.Dispose();
        }
    }
}
