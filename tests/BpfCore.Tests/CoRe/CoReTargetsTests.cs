using BpfCore.Btf;
using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>When the types of a kernel and of its modules are opened.</summary>
public class CoReTargetsTests
{
    [Fact]
    public void Resolve_TypeOfVmlinux_OpensNoModule()
    {
        CoReCase test = new() { Modules = () => throw new InvalidOperationException("opened") };
        uint type = test.Local.Struct("thing", 4);
        test.Target.Struct("thing", 4);

        Assert.True(test.Exists(CoReRelocationKind.TypeExists, type));
    }

    [Fact]
    public void Resolve_TypeOfModule_IsFoundInItsOwnTypes()
    {
        BtfBuilder vmlinux = new();
        uint number = vmlinux.Int("int", 4);
        BtfFile main = vmlinux.Build("vmlinux");
        BtfBuilder module = new(main);
        uint expected = module.Struct("thing", 8, ("x", number, 32));
        BtfFile extension = module.Build("module");
        CoReResolver resolver = Resolver(out BtfTypeId type, new CoReTargets(() => main, () => [extension]));

        CoReFixup fixup = resolver.Resolve(new CoReRelocation(0, type, 1, CoReRelocationKind.TypeIdTarget));

        Assert.Equal(expected, fixup.New.Number);
    }

    [Fact]
    public void Resolve_GivenTypesWithoutTheType_SearchesNothingElse()
    {
        CoReCase test = new();
        uint type = test.Local.Struct("thing", 4);

        Assert.False(test.Exists(CoReRelocationKind.TypeExists, type));
    }

    [Fact]
    public void Resolve_LocalTypeId_NeedsNoTarget()
    {
        CoReTargets closed = new(() => throw new InvalidOperationException("opened"));
        CoReResolver resolver = Resolver(out BtfTypeId type, closed);

        CoReFixup fixup = resolver.Resolve(new CoReRelocation(0, type, 1, CoReRelocationKind.TypeIdLocal));

        Assert.Equal(type.Value, fixup.New.Number);
        Assert.False(fixup.Old.IsExpected);
    }

    [Fact]
    public void Resolve_KernelWithoutTypes_SaysWhatToDo()
    {
        CoReResolver resolver = Resolver(out BtfTypeId type, CoReTargets.None);

        CoReFault fault = Assert.Throws<CoReFault>(
            () => resolver.Resolve(new CoReRelocation(0, type, 1, CoReRelocationKind.TypeExists)));

        Assert.Contains("CONFIG_DEBUG_INFO_BTF", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Resolve_ManyRelocations_OpensTheKernelOnce()
    {
        int opened = 0;
        BtfFile types = new BtfBuilder().Build();
        CoReResolver resolver = Resolver(out BtfTypeId type, new CoReTargets(() =>
        {
            opened++;
            return types;
        }));

        resolver.Resolve(new CoReRelocation(0, type, 1, CoReRelocationKind.TypeExists));
        resolver.Resolve(new CoReRelocation(0, type, 1, CoReRelocationKind.TypeSize));

        Assert.Equal(1, opened);
    }

    // The access string "0" is the first string, at offset 1.
    private static CoReResolver Resolver(out BtfTypeId type, CoReTargets targets)
    {
        BtfBuilder local = new();
        Assert.Equal(1u, local.String("0"));
        type = new BtfTypeId(local.Struct("thing", 4));
        return new CoReResolver(local.Build("object"), targets);
    }
}
