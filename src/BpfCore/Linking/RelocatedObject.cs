using BpfCore.Btf;
using BpfCore.CoRe;
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
    public static RelocatedObject Relocate(BpfObjectSpec spec, BtfFile kernelTypes)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(kernelTypes);
        return TryLinkTogether(spec, kernelTypes) is { } programs
            ? new RelocatedObject(spec, programs, refusal: null)
            : LinkOneByOne(spec, kernelTypes);
    }

    private static List<RelocatedProgram>? TryLinkTogether(BpfObjectSpec spec, BtfFile types)
    {
        ProgramLinker linker = Linker(spec, types);
        List<RelocatedProgram> programs = [];
        try
        {
            linker.Relocate(spec.Programs);
            foreach (ProgramSpec program in spec.Programs)
            {
                programs.Add(new RelocatedProgram(program, linker.Link(program)));
            }
        }
        catch (BpfException)
        {
            return null;
        }

        return programs;
    }

    private static RelocatedObject LinkOneByOne(BpfObjectSpec spec, BtfFile types)
    {
        try
        {
            Linker(spec, types).Relocate([]);
        }
        catch (BpfException refusal)
        {
            return new RelocatedObject(spec, [], refusal);
        }

        List<RelocatedProgram> programs = [.. spec.Programs.Select(program => LinkAlone(spec, types, program))];

        // Damage that every program meets is the object's, not a program's.
        return programs.TrueForAll(static program => program.Refusal is BpfFormatException)
            ? new RelocatedObject(spec, [], programs[0].Refusal)
            : new RelocatedObject(spec, programs, refusal: null);
    }

    private static RelocatedProgram LinkAlone(BpfObjectSpec spec, BtfFile types, ProgramSpec program)
    {
        try
        {
            return new RelocatedProgram(program, Linker(spec, types).Link(program));
        }
        catch (BpfException refusal)
        {
            return new RelocatedProgram(program, refusal);
        }
    }

    private static ProgramLinker Linker(BpfObjectSpec spec, BtfFile types) =>
        new(spec, new CoReTargets(types), observer: null);
}
