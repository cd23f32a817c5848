using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfSplitTests
{
    private readonly BtfFile _base;
    private readonly BtfFile _module;

    public BtfSplitTests()
    {
        BtfBuilder vmlinux = new();
        vmlinux.Int("int", 4);
        vmlinux.Struct("list_head", 16);
        _base = vmlinux.Read("vmlinux");
        BtfBuilder module = new(_base);
        module.Pointer(2);
        module.Struct("module_private", 8, ("next", 3, 0));
        _module = module.Read("module");
    }

    [Fact]
    public void Ids_OfModule_ContinueThoseOfBase()
    {
        Assert.Equal((3, 5, 2), (_module.FirstId, _module.TypeCount, _module.Types.Count));
        Assert.Equal("module_private", _module[new BtfTypeId(4)].Name);
        Assert.Equal("next", _module[new BtfTypeId(4)].Members[0].Name);
        Assert.Same(_base, _module.Base);
    }

    [Fact]
    public void Target_InBase_IsFoundThroughModule()
    {
        BtfType target = _module[new BtfTypeId(3)].Target;

        Assert.Equal(("list_head", 16u), (target.Name, target.ResolveSize()));
        Assert.Same(_module, target.File);
    }

    [Fact]
    public void TryFind_Module_LooksIntoBaseFirst()
    {
        Assert.True(_module.TryFind("list_head", BtfKind.Struct, out BtfType type));
        Assert.Equal(2u, type.Id.Value);
        Assert.True(_module.TryFind("module_private", BtfKind.Struct, out type));
        Assert.Equal(4u, type.Id.Value);
        Assert.False(_base.TryFind("module_private", BtfKind.Struct, out _));
    }

    [Fact]
    public void TryFind_TypeOfModuleWithANameOfBase_IsFound()
    {
        // As resolve_btfids leaves it: the structure is the module's own, its name stands with the base's.
        BtfBuilder module = new(_base);
        module.Struct("own", 8);
        byte[] image = module.Build();
        uint name = (uint)_base.StringSection.IndexOf("list_head"u8);
        BtfBuilder.Put(image, BtfNative.sizeof_btf_header + BtfNative.btf_type_name_off, name);
        BtfFile file = BtfFile.Read(image, "module", _base);

        Assert.Equal([3u], Ids(file.Names.Find("list_head"u8)));
        Assert.Empty(Ids(file.Names.Find("own"u8)));
    }

    private static List<uint> Ids(BtfNames.Matches matches)
    {
        List<uint> ids = [];
        foreach (BtfTypeId id in matches)
        {
            ids.Add(id.Value);
        }

        return ids;
    }

    [Fact]
    public void Indexer_PastTheEnd_Throws() =>
        Assert.Throws<BpfFormatException>(() => _module[new BtfTypeId(5)]);

    [Fact]
    public void Error_AboutTypeOfBase_NamesBase() =>
        Assert.Equal("vmlinux", _module[new BtfTypeId(2)].Error("x").Input);

    [Fact]
    public void Read_StringPastBothTables_Throws()
    {
        BtfBuilder builder = new(_base);
        builder.Int("int", 4);
        byte[] image = BtfBuilder.Put(builder.Build(), 24, 1000);

        Assert.Throws<BpfFormatException>(() => BtfFile.Read(image, "module", _base));
    }

    [Fact]
    public void Read_ModuleWithoutNames_IsAllowed()
    {
        BtfBuilder builder = new(_base);
        builder.Pointer(1);

        Assert.True(builder.Read()[new BtfTypeId(3)].IsAnonymous);
    }
}
