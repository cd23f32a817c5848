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
        "spec/programs.bpf.o", "spec/variables.bpf.o",
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
        LibbpfDescription.Map[] found = [.. Read(fixture).Maps.Select(map => new LibbpfDescription.Map(
            map.KernelName, (uint)map.Type, map.KeySize, map.ValueSize, map.MaxEntries, map.Flags, map.Extra,
            map.NumaNode, map.Pinning == 0 ? null : $"/sys/fs/bpf/{map.Name}",
            map.Contents is { } contents ? Convert.ToHexStringLower(contents.Span) : null))];

        LibbpfDescription.Map[] expected = [.. LibbpfDescription.Of(fixture).Maps.Select(map =>
            map with { Name = map.Name[..Math.Min(map.Name.Length, KernelNameLength)] })];
        Assert.Equal(
            expected.OrderBy(map => map.Name, StringComparer.Ordinal),
            found.OrderBy(map => map.Name, StringComparer.Ordinal));
    }

    private static BpfObjectSpec Read(string fixture) =>
        BpfObjectSpec.Read(Fixtures.Read(fixture), Path.GetFileName(fixture));
}
