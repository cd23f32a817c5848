using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>
/// The types that programs are relocated against: those of the kernel, then those of its modules. Nothing is opened
/// before a relocation needs it.
/// </summary>
internal sealed class CoReTargets
{
    private readonly Lazy<BtfFile?> _main;
    private readonly Lazy<IReadOnlyList<BtfFile>> _modules;

    /// <summary>The types of a running kernel.</summary>
    /// <param name="main">Opens the types of vmlinux; null when the kernel has none.</param>
    /// <param name="modules">
    /// Opens the types of the loaded modules, split BTF on top of vmlinux; called only for a type that vmlinux does not
    /// have.
    /// </param>
    public CoReTargets(Func<BtfFile?> main, Func<IReadOnlyList<BtfFile>>? modules = null)
    {
        _main = new Lazy<BtfFile?>(main, LazyThreadSafetyMode.None);
        _modules = new Lazy<IReadOnlyList<BtfFile>>(modules ?? (static () => []), LazyThreadSafetyMode.None);
    }

    /// <summary>Types given by the user, of any kernel; as in libbpf, modules are not searched then.</summary>
    public CoReTargets(BtfFile types)
        : this(() => types)
    {
    }

    /// <summary>A kernel without BTF: only relocations that need no target can be applied.</summary>
    public static CoReTargets None => new(static () => null);

    /// <summary>The kernel's own types.</summary>
    /// <exception cref="CoReFault">The kernel has none.</exception>
    public BtfFile Main => _main.Value ?? throw new CoReFault(
        "the kernel gives no BTF to relocate against; run a kernel with CONFIG_DEBUG_INFO_BTF, or supply its BTF");

    /// <summary>Whether the kernel gives its types at all.</summary>
    public bool HasMain => _main.Value is not null;

    /// <summary>The types of modules.</summary>
    public IReadOnlyList<BtfFile> Modules => _modules.Value;
}
