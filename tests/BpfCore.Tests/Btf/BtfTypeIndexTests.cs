using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfTypeIndexTests
{
    [Fact]
    public void OffsetOf_EveryTypeOfAKernel_IsWhereTheOneBeforeEnds()
    {
        BtfFile file = BtfFile.Read(Fixtures.Read("btf/real-6.18.btf"), "real-6.18.btf");
        int offset = 0;

        for (uint id = 1; id < file.TypeCount; id++)
        {
            Assert.Equal(offset, file.RecordOffset(new BtfTypeId(id)));
            offset = BtfTypeIndex.Next(file.TypeSection, offset);
        }

        Assert.Equal(file.TypeSectionLength, offset);
    }

    [Fact]
    public void Enumerator_EveryTypeOfAKernel_GivesWhatItsIdGives()
    {
        BtfFile file = BtfFile.Read(Fixtures.Read("btf/real-6.18.btf"), "real-6.18.btf");
        uint id = 0;

        foreach (BtfType type in file.Types)
        {
            BtfType found = file[new BtfTypeId(++id)];
            Assert.Equal(found, type);
            Assert.True(found.Record == type.Record, $"type {id} is looked for at another place");
        }

        Assert.Equal((uint)file.TypeCount - 1, id);
    }

    [Fact]
    public void Add_MoreTypesThanExpected_KeepsAll()
    {
        BtfBuilder builder = new();
        for (int count = 0; count < 100; count++)
        {
            builder.Pointer(0); // 12 bytes each, half of what a type usually takes
        }

        BtfFile file = builder.Read();

        Assert.Equal(100, file.Types.Count);
        Assert.Equal(99 * BtfNative.sizeof_btf_type, file.RecordOffset(new BtfTypeId(100)));
    }
}
