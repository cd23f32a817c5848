using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Specs;

public sealed class StructOpsSpecTests
{
    private readonly BpfObjectSpec _object =
        BpfObjectSpec.Read(Fixtures.Read("objects/obj-struct_ops.bpf.o"), "obj-struct_ops.bpf.o");

    private StructOpsSpec Operations => _object.Maps["by_map"].StructOps!;

    [Fact]
    public void Read_Operations_HaveTheirProgramsAndValues()
    {
        Assert.Equal(
            ["cong_avoid on_ack", "init on_init", "ssthresh on_ssthresh", "undo_cwnd on_undo"],
            Operations.Programs.Select(entry => $"{entry.Key} {entry.Value.Name}").Order(StringComparer.Ordinal));
        Assert.Equal("fixture_map\0\0\0\0\0"u8, Operations["name"]);
        Assert.True(_object.Maps["by_map"].AutoCreate);
        Assert.False(_object.Maps["optional"].AutoCreate);
    }

    [Fact]
    public void Set_Member_IsInTheKernelsValue()
    {
        Operations.Set("flags", 0x55AAu);

        StructOpsImage image = new ProgramLinker(_object, new CoReTargets(KernelTypes()), observer: null)
            .StructOps.ImageOf(_object.Maps["by_map"])!;

        // The kernel's structure begins at 64 within its value; name lies at 32, flags at 68 of it.
        Assert.Equal("fixture_map\0"u8, image.Value.AsSpan(64 + 32, 12));
        Assert.Equal(0x55AAu, BitConverter.ToUInt32(image.Value, 64 + 68));
        Assert.Equal([64, 72, 88, 120], image.Programs.Select(program => program.Offset).Order());
    }

    [Fact]
    public void Set_MemberOfAnotherSize_NamesBoth()
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Operations.Set("flags", 1L));

        Assert.Contains("has 4 bytes, but Int64 has 8", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Set_UnknownMember_IsRefusedByName() => Assert.Contains(
        "no member 'colour'", Assert.Throws<KeyNotFoundException>(() => Operations.Set("colour", 1)).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Set_Function_IsRefused() => Assert.Throws<ArgumentException>(() => Operations.Set("init", 1L));

    [Fact]
    public void SetProgram_MemberThatIsNoFunction_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Operations.SetProgram("flags", null));

    [Fact]
    public void Relocate_Programs_ImplementTheKernelsMembers()
    {
        Relocate();

        Assert.Equal(0u, (uint)_object.Programs["on_ssthresh"].ExpectedAttachType);
        Assert.Equal(1u, (uint)_object.Programs["on_ack"].ExpectedAttachType);
        Assert.Equal(3u, (uint)_object.Programs["on_undo"].ExpectedAttachType);
        Assert.Equal(6u, (uint)_object.Programs["on_init"].ExpectedAttachType);
    }

    [Fact]
    public void Relocate_OneProgramAsTwoFunctions_IsRefused()
    {
        Operations.SetProgram("cong_avoid", _object.Programs["on_init"]);

        Assert.Contains(
            "one function of one structure only", Assert.IsType<KernelFeatureException>(Relocate().Refusal).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Relocate_MemberTheKernelLacks_IsRefusedOnlyWhenItIsSet()
    {
        Assert.Null(Relocate().Refusal);
        Operations.SetProgram("not_in_any_kernel", _object.Programs["on_init"]);

        Assert.Contains(
            "member not_in_any_kernel is set", Relocate().Refusal!.Message, StringComparison.Ordinal);
    }

    private static BtfFile KernelTypes() =>
        BtfFile.Read(Fixtures.Read("btf/obj_struct_ops-kernel.btf"), "obj_struct_ops-kernel.btf");

    private RelocatedObject Relocate() => RelocatedObject.Relocate(_object, KernelTypes());
}
