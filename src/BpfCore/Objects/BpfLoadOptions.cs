using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Programs;

namespace BpfCore.Objects;

/// <summary>How an object is loaded.</summary>
public sealed class BpfLoadOptions
{
    /// <summary>Who watches every step, or null.</summary>
    public BpfObserver? Observer { get; init; }

    /// <summary>
    /// What the verifier writes about programs that it takes (<see cref="BpfProgram.VerifierLog"/>); about those that
    /// it refuses it always writes. Logs of large programs take long and many megabytes.
    /// </summary>
    public VerifierLogLevel LogLevel { get; init; }

    /// <summary>
    /// Directory in a BPF file system for maps that are pinned by name (<c>LIBBPF_PIN_BY_NAME</c>); missing directories
    /// are made.
    /// </summary>
    public string PinRoot { get; init; } = BpfFileSystem.UsualPlace;

    /// <summary>
    /// Maps that exist already, by the name in the object of those they take the place of: global data too, as
    /// <c>.bss</c>. Programs of two objects share them so. Empty by default.
    /// </summary>
    /// <remarks>
    /// As libbpf's <c>bpf_map__reuse_fd</c>. Initial values of global data are not written to such a map. It stays its
    /// owner's, who disposes it after the object. A map unlike the object's ends the load with a
    /// <see cref="BpfMapMismatchException"/>, a name that the object lacks with an <see cref="ArgumentException"/>.
    /// </remarks>
    public IReadOnlyDictionary<string, BpfMap> MapReplacements { get; init; } = new Dictionary<string, BpfMap>();

    /// <summary>
    /// The kernel types that CO-RE relocates against; null for those of the running kernel and its modules. For kernels
    /// that were built without <c>CONFIG_DEBUG_INFO_BTF</c>.
    /// </summary>
    /// <remarks>
    /// As libbpf's <c>btf_custom_path</c>, for CO-RE alone. What programs attach to by type, kernel functions and
    /// variables, and operations are given to the kernel as ids of its own types, so only those of the running kernel
    /// will do; a kernel without types has nothing of the kind. Modules are not searched.
    /// </remarks>
    public BtfFile? KernelTypes { get; init; }

    /// <summary>
    /// Options that come before those of the running kernel's configuration, for the values of <c>.kconfig</c>; null
    /// for none. The kernel's own is read only for what is missing here, so it need not be there.
    /// </summary>
    /// <remarks>As libbpf's <c>kconfig</c>; see <see cref="KernelConfig.Parse"/>.</remarks>
    public KernelConfig? Configuration { get; init; }
}
