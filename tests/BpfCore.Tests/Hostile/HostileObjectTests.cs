using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Elf;
using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Hostile;

/// <summary>
/// Damaged objects end in a value or in a refusal that names the place, within 64 MB, and never hang. A value means
/// that everything was looked at and every program linked against the types of a kernel.
/// </summary>
[Collection(HostileCollection.Name)]
public sealed class HostileObjectTests
{
    // An object with functions of all sorts, one with maps and global data, one with CO-RE; and the target's types.
    public static TheoryData<string, string> Objects => new()
    {
        { "spec/programs.bpf.o", "btf/real-6.18.btf" },
        { "core/globals.bpf.o", "btf/real-6.18.btf" },
        { "core/fields.bpf.o", "btf/fields-moved.btf" },
    };

    [Theory]
    [MemberData(nameof(Objects))]
    public void Read_Intact_IsLinkedWithoutRefusal(string name, string types)
    {
        BpfObjectSpec spec = BpfObjectSpec.Read(Fixtures.Read(name), name);
        ProgramLinker linker = new(spec, new CoReTargets(BtfFile.Read(Fixtures.Read(types), types)), observer: null);

        Assert.All(spec.Programs, program => Assert.NotEmpty(linker.Link(program).Instructions));
        Walk(types)(Fixtures.Read(name), default);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Read_EveryTruncation_EndsInValueOrRefusal(string name, string types)
    {
        byte[] image = Fixtures.Read(name);

        int count = HostileRun.Read(image, Damage.EveryCut(image), Walk(types));

        Assert.Equal(image.Length, count);
    }

    // Section headers lie at the end of a file, so a cut file loses them; this cuts each section instead.
    [Theory]
    [MemberData(nameof(Objects))]
    public void Read_EveryTruncationOfASection_EndsInValueOrRefusal(string name, string types)
    {
        byte[] image = Fixtures.Read(name);
        ElfFile elf = ElfFile.Read(image, name);
        int headers = ObjectHeaders.SectionHeaders(image, elf).Start;
        IEnumerable<Damage> cuts = elf.Sections.SelectMany(section => Enumerable.Range(0, (int)section.Size).Select(
            size => new Damage(
                image.Length, headers + (section.Index * ElfNative.sizeof_Elf64_Shdr) + ElfNative.sh_size,
                sizeof(ulong), (ulong)size)));

        Assert.True(HostileRun.Read(image, cuts, Walk(types)) > image.Length / 2);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void Read_EveryChangeOfAHeaderByte_EndsInValueOrRefusal(string name, string types)
    {
        byte[] image = Fixtures.Read(name);
        IEnumerable<Damage> changes = ObjectHeaders.Find(image).SelectMany(range => Damage.EveryChange(image, range));
        ObjectWalk walk = new(BtfFile.Read(Fixtures.Read(types), types));
        int values = 0;

        int count = HostileRun.Read(image, changes, (data, _) =>
        {
            if (walk.Everything(data))
            {
                Interlocked.Increment(ref values);
            }
        });

        // Of that many changes a good part must come to each end, or the test does not get where it should.
        Assert.True(count > 5_000, $"{count} changes");
        Assert.InRange(values, count / 10, count - (count / 10));
    }

    private static Action<ReadOnlyMemory<byte>, Damage> Walk(string types)
    {
        ObjectWalk walk = new(BtfFile.Read(Fixtures.Read(types), types));
        return (data, damage) => walk.Everything(data);
    }
}
