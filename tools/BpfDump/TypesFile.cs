using BpfCore;
using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfDump;

/// <summary>Reads types from whatever file holds them.</summary>
internal static class TypesFile
{
    private static ReadOnlySpan<byte> ElfMagic => [0x7F, (byte)'E', (byte)'L', (byte)'F'];

    /// <summary>Reads a BTF blob, or the section <c>.BTF</c> of an ELF file: an object or a vmlinux.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="basePath">The same for the types that these extend, or null.</param>
    /// <exception cref="BpfFormatException">The file holds no types, or they are damaged.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BtfFile Read(string path, string? basePath = null)
    {
        BtfFile? baseFile = basePath is null ? null : Read(basePath);
        byte[] bytes = File.ReadAllBytes(path);
        return BtfFile.Read(bytes.AsSpan().StartsWith(ElfMagic) ? Section(bytes, path) : bytes, path, baseFile);
    }

    private static ReadOnlyMemory<byte> Section(byte[] image, string path) =>
        ElfFile.Read(image, path).FindSection(".BTF")?.Data
            ?? throw new InvalidDataException($"{path} has no section .BTF; was it compiled without -g?");
}
