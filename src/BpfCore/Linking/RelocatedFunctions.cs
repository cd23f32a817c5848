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
        List<CoReFunction> pending = [];
        foreach (ProgramSpec function in functions)
        {
            if (!_instructions.ContainsKey(function))
            {
                BpfInstruction[] instructions = function.Instructions.ToArray();
                _instructions.Add(function, instructions);
                pending.Add(new CoReFunction(
                    function.Name, function.RawSectionName, function.SectionInstruction, instructions));
            }
        }

        if (pending.Count > 0 && spec.TypeExtensions is { } extensions)
        {
            relocator?.Apply(extensions.CoReRelocations, pending);
        }
    }
}
