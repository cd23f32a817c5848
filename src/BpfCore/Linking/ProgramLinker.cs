using BpfCore.CoRe;
using BpfCore.Diagnostics;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Turns the programs of an object into what the kernel takes, in libbpf's order: external symbols, CO-RE over all
/// functions to be loaded, then for each program its subprograms and calls, then its maps and kernel symbols.
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
    private readonly ExternResolver _resolver;
    private readonly ExceptionCallbacks _callbacks;
    private ResolvedExterns? _externs;
    private readonly StructOpsLinker _structOps;

    /// <param name="spec">The object.</param>
    /// <param name="targets">The types to relocate against.</param>
    /// <param name="observer">Is told each step, or null.</param>
    /// <param name="externs">Finds external symbols; null finds them in the targets alone.</param>
    /// <param name="kernel">
    /// The types of the kernel that is to run the programs, for operations; null when those are the targets.
    /// </param>
    public ProgramLinker(
        BpfObjectSpec spec, CoReTargets targets, BpfObserver? observer, ExternResolver? externs = null,
        CoReTargets? kernel = null)
    {
        _object = spec;
        _observer = observer;
        _structOps = new StructOpsLinker(spec, kernel ?? targets);
        _functions = new RelocatedFunctions(
            spec, spec.Types is null ? null : new CoReRelocator(spec.Types, targets, observer));
        _callbacks = new ExceptionCallbacks(spec);
        _resolver = externs ?? new ExternResolver(spec, targets, UnknownKernel.Instance);
    }

    /// <summary>What the kernel has for the object's external symbols; resolved when first asked for.</summary>
    /// <exception cref="KernelFeatureException">It lacks one that is not weak.</exception>
    public ResolvedExterns Externs => _externs ??= _resolver.Resolve();

    /// <summary>The object's operations for this kernel.</summary>
    /// <exception cref="KernelFeatureException">The kernel has no such operations, or other ones.</exception>
    public StructOpsLinker StructOps
    {
        get
        {
            _structOps.Resolve();
            return _structOps;
        }
    }

    /// <summary>Relocates the given programs, and all subprograms, against the target.</summary>
    /// <exception cref="BpfRelocationException">A CO-RE relocation is malformed or ambiguous.</exception>
    /// <exception cref="KernelFeatureException">
    /// The kernel lacks an external symbol that is not weak, or has other operations than the object.
    /// </exception>
    public void Relocate(IEnumerable<ProgramSpec> programs)
    {
        _ = Externs; // first, as in libbpf: an object whose externs are missing is refused as a whole
        StructOpsLinker operations = StructOps;
        HashSet<ProgramSpec> wanted = [];
        foreach (ProgramSpec program in programs)
        {
            if (!operations.IsOfOperationsOnly(program))
            {
                wanted.Add(program);
            }
        }

        // In the order of the object.
        List<ProgramSpec> functions = [];
        foreach (ProgramSpec function in _object.Functions)
        {
            if (function.IsSubprogram || wanted.Contains(function))
            {
                functions.Add(function);
            }
        }

        _functions.Relocate(functions);
    }

    /// <summary>Links one program, relocating it first when that has not been done.</summary>
    /// <exception cref="BpfRelocationException">A relocation cannot be carried out.</exception>
    /// <exception cref="KernelFeatureException">The kernel lacks an external symbol that is not weak.</exception>
    public LinkedProgram Link(ProgramSpec program)
    {
        Relocate([program]);
        if (StructOps.IsOfOperationsOnly(program))
        {
            return Unlinked(program);
        }

        SubprogramLinker subprograms = new(_object, program, _functions, _observer);
        List<BpfInstruction> code = subprograms.Link(_callbacks.Find(program));
        ReferenceLinker linker = new(_object, Externs, code, _observer);
        IReadOnlyList<ProgramReference> references = linker.Link(subprograms.Positions);
        return new LinkedProgram
        {
            Spec = program,
            Instructions = [.. code],
            References = references,
            Poisons = linker.Poisons,
            FunctionInfo = subprograms.FunctionInfo,
            LineInfo = subprograms.LineInfo,
            StructOps = StructOps.BindingOf(program),
        };
    }

    // As in libbpf, nothing is done for a program that serves only operations that are not created.
    private static LinkedProgram Unlinked(ProgramSpec program) => new()
    {
        Spec = program,
        Instructions = [.. program.Instructions],
        References = [],
        FunctionInfo = new LinkedRecords(null),
        LineInfo = new LinkedRecords(null),
    };
}
