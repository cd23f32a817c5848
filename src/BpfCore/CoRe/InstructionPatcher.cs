using BpfCore.Instructions;

namespace BpfCore.CoRe;

/// <summary>Writes a fixup into an instruction (libbpf's <c>bpf_core_patch_insn</c>).</summary>
internal static class InstructionPatcher
{
    /// <summary>The call that no verifier accepts: helper number 0xbad2310, "bad relo".</summary>
    public static readonly BpfInstruction Poison = new(BpfOpcode.Call, immediate: 0x0BAD_2310);

    /// <summary>Changes the instruction at <paramref name="index"/> (and its second slot).</summary>
    /// <returns>How the instruction ended.</returns>
    /// <exception cref="CoReFault">The instruction is not what the relocation was made for.</exception>
    public static PatchOutcome Patch(Span<BpfInstruction> instructions, int index, in CoReFixup fixup)
    {
        if (fixup.IsPoison)
        {
            PoisonAt(instructions, index);
            return PatchOutcome.Poisoned;
        }

        switch (instructions[index].Opcode.Class)
        {
            case BpfClass.Alu or BpfClass.Alu64:
                instructions[index] = PatchImmediate(instructions[index], fixup);
                return PatchOutcome.Patched;
            case BpfClass.LoadMemory or BpfClass.StoreImmediate or BpfClass.StoreRegister:
                return PatchMemoryAccess(instructions, index, fixup);
            case BpfClass.Load:
                PatchLoad64(instructions[index..], fixup);
                return PatchOutcome.Patched;
            default:
                throw new CoReFault($"the instruction {instructions[index]} has no place for a value");
        }
    }

    private static BpfInstruction PatchImmediate(BpfInstruction instruction, in CoReFixup fixup)
    {
        if (instruction.Opcode.HasRegisterOperand)
        {
            throw new CoReFault($"the instruction {instruction} has no immediate operand");
        }

        CheckOld(fixup, unchecked((ulong)instruction.Immediate));
        return instruction.WithImmediate(unchecked((int)fixup.New.Number));
    }

    private static PatchOutcome PatchMemoryAccess(Span<BpfInstruction> instructions, int index, in CoReFixup fixup)
    {
        BpfInstruction instruction = instructions[index];
        CheckOld(fixup, unchecked((ulong)instruction.Offset));
        if (fixup.New.Number > (ulong)short.MaxValue)
        {
            throw new CoReFault(
                $"the new offset {fixup.New.Number} exceeds 32767, the most a load or store can hold; "
                + "take the address of the field and read through it");
        }

        if (fixup.BreaksMemoryAccess)
        {
            PoisonAt(instructions, index);
            return PatchOutcome.PoisonedForSize;
        }

        BpfInstruction moved = instruction.WithOffset((short)fixup.New.Number);
        instructions[index] = fixup.ChangesSize ? Resize(moved, fixup) : moved;
        return PatchOutcome.Patched;
    }

    private static BpfInstruction Resize(BpfInstruction instruction, in CoReFixup fixup)
    {
        BpfSize expected = ToSize(fixup.Old.Size);
        if (instruction.Opcode.Size != expected)
        {
            throw new CoReFault(
                $"the instruction {instruction} does not access {fixup.Old.Size} bytes as its field does");
        }

        return instruction.WithOpcode(instruction.Opcode.WithSize(ToSize(fixup.New.Size)));
    }

    private static BpfSize ToSize(uint bytes) => bytes switch
    {
        sizeof(byte) => BpfSize.Byte,
        sizeof(ushort) => BpfSize.HalfWord,
        sizeof(uint) => BpfSize.Word,
        sizeof(ulong) => BpfSize.DoubleWord,
        _ => throw new CoReFault($"no load or store accesses {bytes} bytes"),
    };

    private static void PatchLoad64(Span<BpfInstruction> slots, in CoReFixup fixup)
    {
        if (slots.Length < 2 || !IsPlainLoad64(slots[0], slots[1]))
        {
            throw new CoReFault($"the instruction {slots[0]} is no plain load of a 64-bit immediate");
        }

        CheckOld(fixup, unchecked((uint)slots[0].Immediate | ((ulong)(uint)slots[1].Immediate << 32)));
        slots[0] = slots[0].WithImmediate(unchecked((int)fixup.New.Number));
        slots[1] = slots[1].WithImmediate(unchecked((int)(fixup.New.Number >> 32)));
    }

    private static bool IsPlainLoad64(BpfInstruction first, BpfInstruction second) =>
        first.IsLoadImmediate64 && first.PseudoSource == PseudoSource.None && first.Offset == 0
        && second == default(BpfInstruction).WithImmediate(second.Immediate);

    // Both slots, so that the verifier does not complain about an unknown opcode 0 instead.
    private static void PoisonAt(Span<BpfInstruction> instructions, int index)
    {
        if (instructions[index].IsLoadImmediate64 && index + 1 < instructions.Length)
        {
            instructions[index + 1] = Poison;
        }

        instructions[index] = Poison;
    }

    private static void CheckOld(in CoReFixup fixup, ulong found)
    {
        if (fixup.Old.IsExpected && found != fixup.Old.Number)
        {
            throw new CoReFault(
                $"the instruction holds {unchecked((long)found)}, expected {unchecked((long)fixup.Old.Number)}: "
                + "code and types of the object do not belong together; compile it again");
        }
    }
}
