using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// An object relocated against the types of any kernel without being loaded: no map is created, no privilege needed.
/// </summary>
/// <remarks>
/// All programs are relocated, those too that are not loaded by default. As in libbpf they are relocated together
/// first, so that what one relocation finds narrows the candidates of all later ones; when one of them is refused,
/// each is relocated alone, as if it were the only one to be loaded.
/// </remarks>
public sealed class RelocatedObject
{
    private RelocatedObject(BpfObjectSpec spec, IReadOnlyList<RelocatedProgram> programs, BpfException? refusal)
    {
        Spec = spec;
        Programs = programs;
        Refusal = refusal;
    }

    /// <summary>The object.</summary>
    public BpfObjectSpec Spec { get; }

    /// <summary>Why the object as a whole is refused, or null when at most some of its programs are.</summary>
    public BpfException? Refusal { get; }

    /// <summary>The programs in the order of the object; empty when it is refused as a whole.</summary>
    public IReadOnlyList<RelocatedProgram> Programs { get; }

    /// <summary>Relocates an object.</summary>
    /// <param name="spec">The object; it is not changed.</param>
    /// <param name="kernelTypes">BTF of the kernel it is relocated against.</param>
    /// <param name="kernel">
    /// What else is known of a kernel, for externs in <c>.kconfig</c> and untyped ones in <c>.ksyms</c>; null refuses
    /// objects that have such.
    /// </param>
    public static RelocatedObject Relocate(BpfObjectSpec spec, BtfFile kernelTypes, IKernelFacts? kernel = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(kernelTypes);
        RelocatedObjectLinker linker = new(spec, kernelTypes, kernel ?? UnknownKernel.Instance);
        return linker.TryLinkTogether() is { } programs
            ? new RelocatedObject(spec, programs, refusal: null)
            : linker.TryLinkOneByOne(out BpfException? refusal) is { } single
                ? new RelocatedObject(spec, single, refusal: null)
                : new RelocatedObject(spec, [], refusal);
    }
}
