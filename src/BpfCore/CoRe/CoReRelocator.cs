using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Instructions;

namespace BpfCore.CoRe;

/// <summary>Applies the CO-RE relocations of one object.</summary>
/// <remarks>
/// One instance serves one load. What a relocation finds narrows the candidates of later ones, so their order counts:
/// that of the records in <c>.BTF.ext</c>, over all functions to be loaded, as libbpf walks them
/// (<c>bpf_object__relocate_core</c>). Functions that are loaded later are relocated with what is left then.
/// </remarks>
/// <param name="localTypes">The object's own BTF.</param>
/// <param name="targets">The types to relocate against.</param>
/// <param name="observer">Is told each relocation; null builds no text.</param>
internal sealed class CoReRelocator(BtfFile localTypes, CoReTargets targets, BpfObserver? observer = null)
{
    private readonly CoReResolver _resolver = new(localTypes, targets);

    /// <summary>Applies all records whose instruction belongs to one of the given functions.</summary>
    /// <param name="records">The table <c>core_relo</c> of the object's <c>.BTF.ext</c>.</param>
    /// <param name="functions">
    /// The functions to be loaded, in any order. Records about other instructions are left out, because they belong to
    /// programs that are not loaded, or to weak functions that a strong one replaced.
    /// </param>
    /// <exception cref="BpfRelocationException">
    /// A record is malformed or ambiguous, or does not fit its instruction.
    /// </exception>
    /// <exception cref="BpfFormatException">The BTF of the object or of the target is damaged.</exception>
    public void Apply(BtfExtTable records, IReadOnlyList<CoReFunction> functions)
    {
        ArgumentNullException.ThrowIfNull(records);
        CoReFunctionIndex index = new(functions);
        foreach (BtfExtSection section in records.Sections)
        {
            for (int i = 0; i < section.Count; i++)
            {
                CoReRelocation relocation = CoReRelocation.Decode(section[i]);
                if (relocation.InstructionOffset % BpfInstruction.SizeInBytes != 0)
                {
                    throw section.Error(i, $"0x{relocation.InstructionOffset:x} is no offset of an instruction");
                }

                long instruction = relocation.InstructionOffset / BpfInstruction.SizeInBytes;
                if (index.Find(section.Name, instruction) is { } function)
                {
                    Apply(function, (int)(instruction - function.FirstInstruction), relocation, i);
                }
            }
        }
    }

    private void Apply(CoReFunction function, int instruction, in CoReRelocation relocation, int record)
    {
        try
        {
            CoReFixup fixup = _resolver.Resolve(relocation);
            Span<BpfInstruction> instructions = function.Instructions.Span;
            BpfInstruction before = instructions[instruction];
            PatchOutcome outcome = InstructionPatcher.Patch(instructions, instruction, fixup);
            observer?.OnRelocation(new RelocationApplied(
                function.Name,
                instruction,
                relocation.Kind.Text(),
                CoReText.Describe(_resolver.Local),
                CoReText.Describe(fixup, outcome, _resolver.Target),
                before.ToUInt64(),
                instructions[instruction].ToUInt64()));
        }
        catch (CoReFault fault)
        {
            throw Located(function, instruction, relocation, record, fault);
        }
    }

    private BpfRelocationException Located(
        CoReFunction function, int instruction, in CoReRelocation relocation, int record, CoReFault fault)
    {
        string candidates = CoReText.Describe(_resolver.Tried);
        return new BpfRelocationException(
            function.Name,
            instruction,
            $"CO-RE relocation {record} of section {function.Section}, {relocation.Kind.Text()} of "
            + $"{CoReText.Describe(localTypes, relocation)}: {fault.Message} (candidates tried: {candidates})",
            fault);
    }
}
