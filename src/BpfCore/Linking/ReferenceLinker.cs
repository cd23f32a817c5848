using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Instructions;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Prepares the loads of maps and global data, and the loads and calls of what the kernel defines (libbpf's
/// <c>bpf_object__relocate_data</c>). Descriptors, addresses and ids are written when the program is loaded.
/// </summary>
internal sealed class ReferenceLinker(
    BpfObjectSpec spec, ResolvedExterns externs, List<BpfInstruction> code, BpfObserver? observer)
{
    // POISON_CALL_KFUNC_BASE of libbpf: the verifier's complaint about this function tells the extern's index.
    private const int FunctionPoison = 2_002_000_000;

    private readonly List<ProgramReference> _references = [];
    private readonly List<Poison> _poisons = [];
    private readonly JumpTableLinker _jumpTables = new(spec);

    /// <summary>The instructions that were made invalid, once for each thing that is missing.</summary>
    public IReadOnlyList<Poison> Poisons => _poisons;

    /// <summary>Handles the relocations of all functions of a program.</summary>
    public IReadOnlyList<ProgramReference> Link(IReadOnlyDictionary<ProgramSpec, int> positions)
    {
        foreach ((ProgramSpec function, int position) in positions)
        {
            foreach (ProgramRelocation relocation in function.Relocations.Values)
            {
                int index = position + relocation.InstructionIndex;
                BpfInstruction before = code[index];
                if (Link(function, position, relocation, index) is var (kind, outcome))
                {
                    observer?.OnRelocation(new RelocationApplied(
                        function.Name, relocation.InstructionIndex, kind, relocation.Symbol, outcome,
                        before.ToUInt64(), code[index].ToUInt64()));
                }
            }
        }

        _references.Sort((left, right) => left.InstructionIndex.CompareTo(right.InstructionIndex));
        return _references;
    }

    private (string Kind, string Outcome)? Link(
        ProgramSpec function, int position, ProgramRelocation relocation, int index) => relocation.Kind switch
        {
            ProgramRelocationKind.Map => LinkMap(relocation.Map!, index),
            ProgramRelocationKind.MapValue => LinkValue(relocation.Map!, OffsetOf(relocation, index), index),
            ProgramRelocationKind.ExternalLoad => LinkLoad(relocation.Extern!, index),
            ProgramRelocationKind.ExternalCall => LinkCall(function, relocation, index),
            ProgramRelocationKind.JumpTable => LinkJumpTable(function, position, relocation, index),
            _ => null, // calls of subprograms and their addresses have been linked before
        };

    private uint OffsetOf(ProgramRelocation relocation, int index) => unchecked(
        (uint)code[index].Immediate + (uint)relocation.SymbolOffset + (uint)relocation.Map!.ContentsOffset);

    private (string, string) LinkMap(MapSpec map, int index)
    {
        if (!map.AutoCreate)
        {
            return PoisonMap(map, index);
        }

        code[index] = code[index].WithPseudoSource(PseudoSource.MapFd).WithImmediate(0);
        Refer(new ProgramReference(index, ProgramReferenceKind.Map, map.Name, 0) { Map = map });
        return ("map", "descriptor");
    }

    private (string, string) LinkValue(MapSpec map, uint offset, int index)
    {
        if (!map.AutoCreate)
        {
            return PoisonMap(map, index);
        }

        ClearLoad(index, PseudoSource.MapValue);
        Refer(new ProgramReference(index, ProgramReferenceKind.MapValue, map.Name, offset) { Map = map });
        return ("map_value", $"value at offset {offset}");
    }

    private (string, string) LinkLoad(ExternSpec target, int index)
    {
        if (target.Kind == ExternKind.Configuration)
        {
            return LinkValue(spec.Maps[".kconfig"], target.Offset, index);
        }

        if (!externs.TryFind(target, out ResolvedExtern? found))
        {
            ClearLoad(index, code[index].PseudoSource);
            return ("ksym", "0: weak, and the kernel lacks it");
        }

        if (found.Type is { } type)
        {
            ClearLoad(index, PseudoSource.BtfId);
            Refer(new ProgramReference(index, ProgramReferenceKind.KernelVariable, type.Name, 0) { Extern = found });
            return ("btf_var", $"type {type.Id} of {found.Module?.Name ?? "the kernel"}");
        }

        ClearLoad(index, code[index].PseudoSource);
        Refer(new ProgramReference(index, ProgramReferenceKind.KernelSymbol, target.Name, 0) { Extern = found });
        return ("ksym", $"address 0x{found.Address:x}");
    }

    private (string, string) LinkCall(ProgramSpec function, ProgramRelocation relocation, int index)
    {
        ExternSpec target = relocation.Extern!;
        if (target.Kind != ExternKind.KernelFunction)
        {
            throw new BpfRelocationException(
                function.Name, relocation.InstructionIndex, $"calls {target.Name}, which is declared as {target.Kind}");
        }

        if (!externs.TryFind(target, out ResolvedExtern? found))
        {
            code[index] = new BpfInstruction(BpfOpcode.Call, immediate: FunctionPoison + target.Index);
            Note(index, $"calls {target.Name}, which this kernel lacks");
            return ("kfunc", "poisoned: weak, and the kernel lacks it");
        }

        code[index] = new BpfInstruction(
            BpfOpcode.Call, code[index].Destination, (BpfRegister)PseudoCall.KernelFunction, (short)found.ModuleIndex);
        BtfType type = found.Type!.Value;
        Refer(new ProgramReference(index, ProgramReferenceKind.KernelFunction, type.Name, found.ModuleIndex)
        {
            Extern = found,
        });
        return ("kfunc", $"function {type.Id} of {found.Module?.Name ?? "the kernel"}");
    }

    private (string, string) LinkJumpTable(ProgramSpec function, int position, ProgramRelocation relocation, int index)
    {
        IReadOnlyList<uint> table = _jumpTables.Link(function, position, relocation);
        uint offset = unchecked((uint)code[index + 1].Immediate);
        ClearLoad(index, PseudoSource.MapValue);
        Refer(new ProgramReference(index, ProgramReferenceKind.JumpTable, BpfObjectSpec.JumpTableSection, offset)
        {
            JumpTable = table,
        });
        return ("jump_table", $"{table.Count} entries");
    }

    private (string, string) PoisonMap(MapSpec map, int index)
    {
        MapPoison.Apply(code, index, spec.Maps.IndexOf(map));
        Note(index, $"uses map {map.Name}, which is not created");
        return ("map", "poisoned: the map is not created");
    }

    private void Note(int index, string reason)
    {
        Poison poison = new(code[index].Immediate, reason);
        if (!_poisons.Contains(poison))
        {
            _poisons.Add(poison);
        }
    }

    private void ClearLoad(int index, PseudoSource source)
    {
        code[index] = code[index].WithPseudoSource(source).WithImmediate(0);
        code[index + 1] = code[index + 1].WithImmediate(0);
    }

    private void Refer(ProgramReference reference) => _references.Add(reference);
}
