using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Elf;
using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.CoRe;

/// <summary>Damaged types end in a linked program or in an exception of this library.</summary>
public class DamagedTypesTests
{
    private const long MostBytesAllocated = 64 << 20;

    // All bits of a byte, the lowest, and the highest: neighbours, other kinds, far away.
    private static readonly byte[] s_changes = [0xFF, 0x01, 0x80];

    [Theory]
    [InlineData("fields", "fields-moved")]
    [InlineData("arrays", "arrays-nested")]
    [InlineData("types", "types-changed")]
    [InlineData("enums", "enums-flavours")]
    [InlineData("bitfields", "bitfields-straddling")]
    public void Link_EachByteOfTargetTypesChanged_GivesValueOrDocumentedException(string name, string target)
    {
        byte[] image = Fixtures.Read($"core/{name}.bpf.o");
        byte[] types = Fixtures.Read($"btf/{target}.btf");

        ChangeEachByte(types, 0, types.Length, () => Link(image, types));
    }

    [Theory]
    [InlineData("nesting", "nesting-deeper", ".BTF")]
    [InlineData("types", "types-changed", ".BTF.ext")]
    public void Link_EachByteOfLocalTypesChanged_GivesValueOrDocumentedException(
        string name, string target, string section)
    {
        byte[] image = Fixtures.Read($"core/{name}.bpf.o");
        byte[] types = Fixtures.Read($"btf/{target}.btf");
        ElfSection place = ElfFile.Read(image, name).FindSection(section)!;

        ChangeEachByte(image, (int)place.Offset, (int)place.Size, () => Link(image, types));
    }

    private static void ChangeEachByte(byte[] bytes, int offset, int length, Action link)
    {
        link();
        int refused = 0;
        foreach (byte change in s_changes)
        {
            for (int i = offset; i < offset + length; i++)
            {
                bytes[i] ^= change;
                refused += Refuses(link, $"byte 0x{i - offset:x} changed by 0x{change:x2}") ? 1 : 0;
                bytes[i] ^= change;
            }
        }

        Assert.InRange(refused, 1, (length * s_changes.Length) - 1);
    }

    private static bool Refuses(Action link, string change)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? failure = Record.Exception(link);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(failure is null or BpfException, $"{change}: {failure}");
        Assert.True(allocated < MostBytesAllocated, $"{change}: {allocated} bytes allocated");
        return failure is not null;
    }

    private static void Link(byte[] image, byte[] types)
    {
        BpfObjectSpec spec = BpfObjectSpec.Read(image, "object");
        ProgramLinker linker = new(spec, new CoReTargets(() => BtfFile.Read(types, "target")), observer: null);
        linker.Relocate(spec.Programs);
        foreach (ProgramSpec program in spec.Programs)
        {
            linker.Link(program);
        }
    }
}
