using BpfCore.CoRe;
using BpfCore.Diagnostics;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Turns the programs of an object into what the kernel takes, in libbpf's order: CO-RE over all functions to be
/// loaded, then for each program its subprograms and calls, then its maps.
/// </summary>
/// <remarks>
/// One instance serves one object, because CO-RE narrows its candidates from one relocation to the next. Programs may
/// be linked together or one by one.
/// </remarks>
internal sealed class ProgramLinker
{
    private readonly BpfObjectSpec _object;
    private readonly BpfObserver? _observer;
    private readonly RelocatedFunctions _functions;

    public ProgramLinker(BpfObjectSpec spec, CoReTargets targets, BpfObserver? observer)
    {
        _object = spec;
        _observer = observer;
        _functions = new RelocatedFunctions(
            spec, spec.Types is null ? null : new CoReRelocator(spec.Types, targets, observer));
    }

    /// <summary>Relocates the given programs, and all subprograms, against the target.</summary>
    /// <exception cref="BpfRelocationException">A CO-RE relocation is malformed or ambiguous.</exception>
    public void Relocate(IEnumerable<ProgramSpec> programs)
    {
        HashSet<ProgramSpec> wanted = [.. programs];
        _functions.Relocate(_object.Functions.Where(
            function => function.IsSubprogram || wanted.Contains(function)));
    }

    /// <summary>Links one program, relocating it first when that has not been done.</summary>
    /// <exception cref="BpfRelocationException">A relocation cannot be carried out.</exception>
    public LinkedProgram Link(ProgramSpec program)
    {
        Relocate([program]);
        SubprogramLinker subprograms = new(_object, program, _functions, _observer);
        List<BpfInstruction> code = subprograms.Link();
        ReferenceLinker externals = new(code, _observer);
        IReadOnlyList<ProgramReference> references = externals.Link(subprograms.Positions);
        return new LinkedProgram
        {
            Spec = program,
            Instructions = [.. code],
            References = references,
            FunctionInfo = subprograms.FunctionInfo,
            LineInfo = subprograms.LineInfo,
        };
    }
}
