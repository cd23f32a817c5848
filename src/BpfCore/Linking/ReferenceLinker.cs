using BpfCore.Diagnostics;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Prepares the loads of maps and global data (libbpf's <c>bpf_object__relocate_data</c>). Descriptors and offsets
/// are written when the maps exist.
/// </summary>
internal sealed class ReferenceLinker(List<BpfInstruction> code, BpfObserver? observer)
{
    private readonly List<ProgramReference> _references = [];

    /// <summary>Handles the relocations of all functions of a program.</summary>
    public IReadOnlyList<ProgramReference> Link(IReadOnlyDictionary<ProgramSpec, int> positions)
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
                Refer(function, relocation, index, ProgramReferenceKind.Map, 0);
                break;
            case ProgramRelocationKind.MapValue:
                uint offset = unchecked((uint)code[index].Immediate + (uint)relocation.SymbolOffset);
                Refer(function, relocation, index, ProgramReferenceKind.MapValue, offset);
                break;
            case ProgramRelocationKind.ExternalLoad or ProgramRelocationKind.ExternalCall:
                throw new BpfRelocationException(
                    function.Name, relocation.InstructionIndex,
                    $"refers to the external symbol {relocation.Symbol}; .kconfig and .ksyms are not supported yet");
        }
    }

    private void Refer(
        ProgramSpec function, ProgramRelocation relocation, int index, ProgramReferenceKind kind, uint offset)
    {
        bool isMap = kind == ProgramReferenceKind.Map;
        BpfInstruction before = code[index];
        code[index] = before.WithPseudoSource(isMap ? PseudoSource.MapFd : PseudoSource.MapValue).WithImmediate(0);
        if (!isMap)
        {
            code[index + 1] = code[index + 1].WithImmediate(0);
        }

        _references.Add(new ProgramReference(index, kind, relocation.Map!.Name, offset) { Map = relocation.Map });
        observer?.OnRelocation(new RelocationApplied(
            function.Name, relocation.InstructionIndex, isMap ? "map" : "map_value",
            relocation.Symbol, isMap ? "descriptor" : $"value at offset {offset}",
            before.ToUInt64(), code[index].ToUInt64()));
    }
}
