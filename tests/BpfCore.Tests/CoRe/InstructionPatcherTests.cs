using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Instructions;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>How a new number gets into an instruction.</summary>
public class InstructionPatcherTests
{
    private const string Poison = "call 195896080";

    [Fact]
    public void Patch_ImmediateOperand_IsReplaced() =>
        Assert.Equal(["r1 += 9"], Patch(Fixup(4, 9), new InstructionBuilder().Increase(BpfRegister.R1, 4)));

    [Fact]
    public void Patch_ImmediateOf64BitNumber_IsItsLowerHalf() =>
        Assert.Equal(["r1 = -2"], Patch(Fixup(4, 0x1_FFFF_FFFE), new InstructionBuilder().Move(BpfRegister.R1, 4)));

    [Fact]
    public void Patch_NegativeImmediate_IsComparedSignExtended() =>
        Assert.Equal(["r1 = 3"], Patch(Fixup(ulong.MaxValue, 3), new InstructionBuilder().Move(BpfRegister.R1, -1)));

    [Fact]
    public void Patch_RegisterOperand_IsRefused() =>
        Refused(Fixup(0, 9), new InstructionBuilder().Move(BpfRegister.R1, BpfRegister.R2), "no immediate operand");

    [Fact]
    public void Patch_OtherOldNumber_IsRefusedNamingBoth() =>
        Refused(Fixup(4, 9), new InstructionBuilder().Move(BpfRegister.R1, 5), "holds 5, expected 4");

    [Fact]
    public void Patch_OldNumberThatDoesNotMatter_IsReplaced() =>
        Assert.Equal(
            ["r1 = 9"], Patch(Fixup(4, 9, isExpected: false), new InstructionBuilder().Move(BpfRegister.R1, 5)));

    [Fact]
    public void Patch_LoadAndStores_GetTheOffset()
    {
        Assert.Equal(["r1 = *(u32 *)(r2 + 9)"], Patch(Fixup(4, 9), Load(BpfSize.Word)));
        Assert.Equal(
            ["*(u8 *)(r1 + 9) = r2"],
            Patch(Fixup(4, 9), new InstructionBuilder().Store(BpfSize.Byte, BpfRegister.R1, 4, BpfRegister.R2)));
        Assert.Equal(
            ["*(u8 *)(r1 + 9) = 7"],
            Patch(Fixup(4, 9), new InstructionBuilder().Store(BpfSize.Byte, BpfRegister.R1, 4, 7)));
    }

    [Fact]
    public void Patch_OffsetAtTheLimit_IsTaken() =>
        Assert.Equal(["r1 = *(u32 *)(r2 + 32767)"], Patch(Fixup(4, 32767), Load(BpfSize.Word)));

    [Theory]
    [InlineData(32768UL)]
    [InlineData(ulong.MaxValue)]
    public void Patch_OffsetPastTheLimit_IsRefused(ulong offset) =>
        Refused(Fixup(4, offset), Load(BpfSize.Word), "exceeds 32767");

    [Fact]
    public void Patch_UnsignedFieldOfOtherSize_ChangesTheAccess()
    {
        Assert.Equal(["r1 = *(u64 *)(r2 + 9)"], Patch(Resized(4, 8), Load(BpfSize.Word)));
        Assert.Equal(["r1 = *(u8 *)(r2 + 9)"], Patch(Resized(2, 1), Load(BpfSize.HalfWord)));
    }

    [Fact]
    public void Patch_AccessThatIsNotAsWideAsItsField_IsRefused() =>
        Refused(Resized(4, 8), Load(BpfSize.Byte), "does not access 4 bytes");

    [Fact]
    public void Patch_FieldOfOddSize_IsRefused() => Refused(Resized(4, 16), Load(BpfSize.Word), "16 bytes");

    [Fact]
    public void Patch_SignedFieldOfOtherSize_IsPoisonOnlyForMemoryAccess()
    {
        CoReFixup fixup = Resized(4, 8, BtfBuilder.Signed);

        Assert.Equal([Poison], Patch(fixup, Load(BpfSize.Word), PatchOutcome.PoisonedForSize));
        Assert.Equal(["r1 = 9"], Patch(fixup, new InstructionBuilder().Move(BpfRegister.R1, 4)));
    }

    [Fact]
    public void Patch_OffsetPastTheLimitAndOtherSize_IsRefusedBeforePoison()
    {
        CoReFixup fixup = Resized(4, 8, BtfBuilder.Signed, newOffset: 40000);

        Refused(fixup, Load(BpfSize.Word), "exceeds 32767");
    }

    [Fact]
    public void Patch_WideLoad_GetsBothHalves() =>
        Assert.Equal(
            ["r1 = 1311768467463790320 ll"],
            Patch(
                Fixup(0x1_0000_0000, 0x1234_5678_9ABC_DEF0),
                new InstructionBuilder().Load64(BpfRegister.R1, 0x1_0000_0000)));

    [Fact]
    public void Patch_WideLoadOfSomethingElse_IsRefused()
    {
        Refused(
            Fixup(5, 9), new InstructionBuilder().Load64(BpfRegister.R1, PseudoSource.MapFd, 5), "no plain load");
        Refused(
            Fixup(5, 9), new InstructionBuilder().Add(new BpfInstruction(BpfOpcode.LoadImmediate64)), "no plain load");
        Refused(
            Fixup(0, 9),
            new InstructionBuilder().Add(new BpfInstruction(BpfOpcode.LoadImmediate64)).Exit(), "no plain load");
    }

    [Fact]
    public void Patch_InstructionWithoutNumber_IsRefused()
    {
        Refused(Fixup(0, 9), new InstructionBuilder().Exit(), "no place");
        Refused(Fixup(0, 9), new InstructionBuilder().JumpIfEqual(BpfRegister.R1, 0, 1), "no place");
    }

    [Fact]
    public void Patch_Poison_ReplacesAnyInstruction()
    {
        CoReFixup poison = new(CoReValue.Plain(4), default, isPoison: true);

        Assert.Equal([Poison], Patch(poison, new InstructionBuilder().Exit(), PatchOutcome.Poisoned));
        Assert.Equal(
            [Poison, Poison],
            Patch(poison, new InstructionBuilder().Load64(BpfRegister.R1, 77), PatchOutcome.Poisoned));
        Assert.Equal(0x0BAD_2310_0000_0085UL, InstructionPatcher.Poison.ToUInt64());
    }

    private static InstructionBuilder Load(BpfSize size) =>
        new InstructionBuilder().Load(size, BpfRegister.R1, BpfRegister.R2, 4);

    private static CoReFixup Fixup(ulong old, ulong replacement, bool isExpected = true) =>
        new(CoReValue.Plain(old, isExpected), CoReValue.Plain(replacement), isPoison: false);

    // An integer field of oldSize bytes at 4 that becomes one of newSize bytes at 9.
    private static CoReFixup Resized(uint oldSize, uint newSize, uint encoding = 0, ulong newOffset = 9)
    {
        BtfBuilder types = new();
        uint id = types.Int("integer", 4, encoding);
        BtfType type = types.Build()[new BtfTypeId(id)];
        return new CoReFixup(
            new CoReValue(4, oldSize, type, IsExpected: true),
            new CoReValue(newOffset, newSize, type, IsExpected: true),
            isPoison: false);
    }

    private static List<string> Patch(
        CoReFixup fixup, InstructionBuilder code, PatchOutcome expected = PatchOutcome.Patched)
    {
        BpfInstruction[] instructions = code.ToArray();
        Assert.Equal(expected, InstructionPatcher.Patch(instructions, 0, fixup));
        List<string> texts = [];
        foreach (DisassembledInstruction line in new Disassembler(instructions))
        {
            texts.Add(line.Text);
        }

        return texts;
    }

    private static void Refused(CoReFixup fixup, InstructionBuilder code, string reason)
    {
        BpfInstruction[] instructions = code.ToArray();
        CoReFault fault = Assert.Throws<CoReFault>(() => InstructionPatcher.Patch(instructions, 0, fixup));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.Equal(code.ToArray(), instructions);
    }
}
