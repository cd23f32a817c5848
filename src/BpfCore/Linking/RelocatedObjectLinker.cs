using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>Links the programs of an object together and, when that fails, each as if it were the only one.</summary>
internal sealed class RelocatedObjectLinker(BpfObjectSpec spec, BtfFile kernelTypes, IKernelFacts kernel)
{
    /// <summary>The programs, or null when one of them is refused.</summary>
    public IReadOnlyList<RelocatedProgram>? TryLinkTogether()
    {
        ProgramLinker linker = NewLinker();
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

    /// <summary>The programs and what became of each, or null when the object is refused without any of them.</summary>
    public IReadOnlyList<RelocatedProgram>? TryLinkOneByOne(out BpfException? refusal)
    {
        try
        {
            NewLinker().Relocate([]);
        }
        catch (BpfException reason)
        {
            refusal = reason;
            return null;
        }

        List<RelocatedProgram> programs = [.. spec.Programs.Select(LinkAlone)];

        // Damage that every program meets is the object's, not a program's.
        bool isDamaged = programs.TrueForAll(static program => program.Refusal is BpfFormatException);
        refusal = isDamaged ? programs[0].Refusal : null;
        return isDamaged ? null : programs;
    }

    private RelocatedProgram LinkAlone(ProgramSpec program)
    {
        try
        {
            return new RelocatedProgram(program, NewLinker().Link(program));
        }
        catch (BpfException refusal)
        {
            return new RelocatedProgram(program, refusal);
        }
    }

    private ProgramLinker NewLinker()
    {
        CoReTargets targets = new(kernelTypes);
        return new ProgramLinker(spec, targets, observer: null, new ExternResolver(spec, targets, kernel));
    }
}
