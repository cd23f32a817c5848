using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfNamesTests
{
    [Fact]
    public void Find_Flavours_AreFoundByEssentialNameInIdOrder()
    {
        BtfBuilder builder = new();
        uint first = builder.Struct("sock", 4);
        builder.Struct("socket", 4);
        uint second = builder.Struct("sock___old", 4);
        uint third = builder.Typedef("sock", 1);
        BtfFile file = builder.Read();

        Assert.Equal([first, second, third], Find(file, "sock"u8));
        Assert.Empty(Find(file, "sock___old"u8));
        Assert.Empty(Find(file, ""u8));
    }

    [Fact]
    public void TryFind_ExactNameAndKind_GivesLowestId()
    {
        BtfBuilder builder = new();
        builder.Struct("sock___old", 4);
        builder.Typedef("sock", 0);
        uint wanted = builder.Struct("sock", 8);
        builder.Struct("sock", 12);
        BtfFile file = builder.Read();

        Assert.True(file.TryFind("sock", BtfKind.Struct, out BtfType type));
        Assert.Equal(wanted, type.Id.Value);
        Assert.True(file.TryFind("sock___old"u8, BtfKind.Struct, out type));
        Assert.Equal(1u, type.Id.Value);
        Assert.False(file.TryFind("sock", BtfKind.Union, out _));
        Assert.False(file.TryFind("sock___new", BtfKind.Struct, out _));
    }

    [Fact]
    public void Find_EveryNameOfAKernel_FindsItsType()
    {
        BtfFile file = BtfFile.Read(Fixtures.Read("btf/real-6.18.btf"), "real-6.18.btf");

        foreach (BtfType type in file.Types)
        {
            if (!type.IsAnonymous)
            {
                Assert.Contains(type.Id.Value, Find(file, BtfName.Essential(type.NameBytes)));
            }
        }
    }

    private static List<uint> Find(BtfFile file, ReadOnlySpan<byte> name)
    {
        List<uint> ids = [];
        foreach (BtfTypeId id in file.Names.Find(name))
        {
            ids.Add(id.Value);
        }

        return ids;
    }
}
