using BpfCore.CoRe;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// The instructions of an object's functions after CO-RE. Each function is relocated once, however many programs call
/// it; a program that is loaded later is relocated then.
/// </summary>
internal sealed class RelocatedFunctions(BpfObjectSpec spec, CoReRelocator? relocator)
{
    private readonly Dictionary<ProgramSpec, BpfInstruction[]> _instructions = [];

    /// <summary>The relocated instructions of a function that <see cref="Relocate"/> has handled.</summary>
    public ReadOnlySpan<BpfInstruction> this[ProgramSpec function] => _instructions[function];

    /// <summary>Relocates those of the given functions that are not relocated yet.</summary>
    public void Relocate(IEnumerable<ProgramSpec> functions)
    {
        Dictionary<ProgramSpec, BpfInstruction[]> pending = [];
        foreach (ProgramSpec function in functions)
        {
            if (!_instructions.ContainsKey(function))
            {
                pending.Add(function, function.Instructions.ToArray());
            }
        }

        Apply(pending);

        // Kept only now: a function whose relocation was refused must be refused again when it is asked for again.
        foreach ((ProgramSpec function, BpfInstruction[] instructions) in pending)
        {
            _instructions.Add(function, instructions);
        }
    }

    private void Apply(Dictionary<ProgramSpec, BpfInstruction[]> pending)
    {
        if (pending.Count == 0 || relocator is null || spec.TypeExtensions is not { } extensions)
        {
            return;
        }

        List<CoReFunction> functions = [];
        foreach ((ProgramSpec function, BpfInstruction[] instructions) in pending)
        {
            functions.Add(new CoReFunction(
                function.Name, function.RawSectionName, function.SectionInstruction, instructions));
        }

        relocator.Apply(extensions.CoReRelocations, functions);
    }
}
