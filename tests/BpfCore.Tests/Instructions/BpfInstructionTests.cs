using System.Runtime.CompilerServices;
using BpfCore.Instructions;
using Xunit;

namespace BpfCore.Tests.Instructions;

public class BpfInstructionTests
{
    private static readonly BpfInstruction s_load = new(
        BpfOpcode.Memory(BpfClass.LoadMemory, BpfMode.Memory, BpfSize.HalfWord),
        BpfRegister.R1, BpfRegister.R10, -2, -3);

    [Fact]
    public void Size_Slot_IsThatOfTheKernel() =>
        Assert.Equal(BpfInstruction.SizeInBytes, Unsafe.SizeOf<BpfInstruction>());

    [Fact]
    public void ToUInt64_EveryField_LiesWhereTheKernelReadsIt() =>
        Assert.Equal(0xFFFF_FFFD_FFFE_A1_69UL, s_load.ToUInt64());

    [Theory]
    [InlineData(0UL)]
    [InlineData(ulong.MaxValue)]
    [InlineData(0x8000_0000_8000_7F85UL)]
    public void FromUInt64_AnySlot_ComesBack(ulong value) =>
        Assert.Equal(value, BpfInstruction.FromUInt64(value).ToUInt64());

    [Fact]
    public void With_OneField_KeepsTheOthers()
    {
        BpfInstruction changed = s_load.WithImmediate(9).WithOffset(8).WithOpcode(s_load.Opcode.WithSize(BpfSize.Byte));

        Assert.Equal("r1 = *(u8 *)(r10 + 8)", changed.ToString());
        Assert.Equal(9, changed.Immediate);
    }

    [Fact]
    public void WithPseudoSource_Load_ChangesItsMeaning()
    {
        BpfInstruction load = new BpfInstruction(BpfOpcode.LoadImmediate64, BpfRegister.R1)
            .WithPseudoSource(PseudoSource.Function);

        Assert.True(load.IsFunctionAddress);
        Assert.Equal(BpfRegister.R1, load.Destination);
    }
}
