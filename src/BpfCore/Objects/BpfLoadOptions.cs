using BpfCore.Btf;
using BpfCore.Diagnostics;

namespace BpfCore.Objects;

/// <summary>How an object is loaded.</summary>
public sealed class BpfLoadOptions
{
    /// <summary>Who watches every step, or null.</summary>
    public BpfObserver? Observer { get; init; }

    /// <summary>
    /// The kernel types to relocate against; null for those of the running kernel and its modules. For kernels that
    /// were built without <c>CONFIG_DEBUG_INFO_BTF</c>.
    /// </summary>
    public BtfFile? KernelTypes { get; init; }
}
