using BpfCore.Kernel;
using BpfCore.Maps;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Specs;

/// <summary>Specs say what libbpf says about the same object.</summary>
public sealed class LibbpfDescriptionTests
{
    // Names of maps of global data that libbpf keeps whole; the kernel takes 15 bytes of them.
    private const int KernelNameLength = 15;

    public static TheoryData<string> Objects =>
    [
        "core/globals.bpf.o", "core/ksyms.bpf.o", "core/mixed.bpf.o", "core/no_btf.bpf.o", "core/subprograms.bpf.o",
        "core/inner_maps.bpf.o", "spec/maps.bpf.o", "spec/programs.bpf.o", "spec/variables.bpf.o",
        "objects/obj-arena.bpf.o", "objects/obj-bitfield_sets.bpf.o", "objects/obj-buffers.bpf.o",
        "objects/obj-data_sections.bpf.o", "objects/obj-functions.bpf.o", "objects/obj-iterators.bpf.o",
        "objects/obj-map_in_map.bpf.o", "objects/obj-map_options.bpf.o", "objects/obj-section_names.bpf.o",
        "objects/obj-struct_ops.bpf.o", "objects/obj-tail_calls.bpf.o",
    ];

    [Theory]
    [MemberData(nameof(Objects))]
    public void Read_Object_HasLibbpfsPrograms(string fixture)
    {
        LibbpfDescription.Program[] found = [.. Read(fixture).Programs.Select(program => new LibbpfDescription.Program(
            program.Name, program.SectionName, (uint)program.Type, (uint)program.ExpectedAttachType, program.AutoLoad,
            0, program.Instructions.Length))];

        // libbpf settles the flags when it loads a program; they are tested by section name.
        Assert.Equal(LibbpfDescription.Of(fixture).Programs, found);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Read_Object_HasLibbpfsMaps(string fixture)
    {
        LibbpfDescription.Map[] found = [.. Read(fixture).Maps.Select(Describe)];

        LibbpfDescription.Map[] expected = [.. LibbpfDescription.Of(fixture).Maps.Select(map =>
            map with { Name = map.Initial is null ? map.Name : map.Name[..Math.Min(map.Name.Length, KernelNameLength)] })];
        Assert.Equal(
            expected.OrderBy(map => map.Name, StringComparer.Ordinal),
            found.OrderBy(map => map.Name, StringComparer.Ordinal));
    }

    // libbpf rounds the sizes of rings when it reads them, and tells of the contents of data sections only.
    private static LibbpfDescription.Map Describe(MapSpec map) => new(
        map.KernelName,
        (uint)map.Type,
        map.KeySize,
        map.ValueSize,
        map.Type is MapType.RingBuffer or MapType.UserRingBuffer
            ? MapEntries.For(map.Type, map.MaxEntries, CpuSet.Possible)
            : map.MaxEntries,
        map.Flags,
        map.Extra,
        map.NumaNode,
        map.Pinning == 0 ? null : $"/sys/fs/bpf/{map.Name}",
        map is { Contents: { } contents, Type: not MapType.Arena } ? Convert.ToHexStringLower(contents.Span) : null,
        map.Inner is { } inner ? Describe(inner) : null);

    private static BpfObjectSpec Read(string fixture) =>
        BpfObjectSpec.Read(Fixtures.Read(fixture), Path.GetFileName(fixture));
}
