using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
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
    /// The kernel types to relocate against; null for those of the running kernel and its modules. For kernels that
    /// were built without <c>CONFIG_DEBUG_INFO_BTF</c>.
    /// </summary>
    public BtfFile? KernelTypes { get; init; }
}
