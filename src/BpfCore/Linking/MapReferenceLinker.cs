using BpfCore.Diagnostics;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Prepares the loads of maps and global data (libbpf's <c>bpf_object__relocate_data</c>). Descriptors are written
/// when the maps exist.
/// </summary>
internal sealed class MapReferenceLinker(List<BpfInstruction> code, BpfObserver? observer)
{
    private readonly List<MapReference> _references = [];

    /// <summary>Handles the relocations of all functions of a program.</summary>
    public IReadOnlyList<MapReference> Link(IReadOnlyDictionary<ProgramSpec, int> positions)
    {
        foreach ((ProgramSpec function, int position) in positions)
        {
            foreach (ProgramRelocation relocation in function.Relocations.Values)
            {
                Link(function, position, relocation);
            }
        }

        _references.Sort((left, right) => left.InstructionIndex.CompareTo(right.InstructionIndex));
        return _references;
    }

    private void Link(ProgramSpec function, int position, ProgramRelocation relocation)
    {
        int index = position + relocation.InstructionIndex;
        switch (relocation.Kind)
        {
            case ProgramRelocationKind.Map:
                Replace(function, relocation, index, PseudoSource.MapFd, "descriptor");
                break;
            case ProgramRelocationKind.MapValue:
                // The compiler's addend moves to the second slot; the first one is the descriptor's place.
                int offset = unchecked(code[index].Immediate + (int)relocation.SymbolOffset);
                code[index + 1] = code[index + 1].WithImmediate(offset);
                Replace(function, relocation, index, PseudoSource.MapValue, $"value at offset {offset}");
                break;
            case ProgramRelocationKind.ExternalLoad or ProgramRelocationKind.ExternalCall:
                throw new BpfRelocationException(
                    function.Name, relocation.InstructionIndex,
                    $"refers to the external symbol {relocation.Symbol}; .kconfig and .ksyms are not supported yet");
        }
    }

    private void Replace(
        ProgramSpec function, ProgramRelocation relocation, int index, PseudoSource source, string outcome)
    {
        BpfInstruction before = code[index];
        code[index] = before.WithPseudoSource(source).WithImmediate(0);
        _references.Add(new MapReference(index, relocation.Map!));
        observer?.OnRelocation(new RelocationApplied(
            function.Name, relocation.InstructionIndex, source == PseudoSource.MapFd ? "map" : "map_value",
            relocation.Symbol, outcome, before.ToUInt64(), code[index].ToUInt64()));
    }
}
