using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfDump.Listings;

/// <summary>The sections <c>.BTF</c> and <c>.BTF.ext</c> of an object, read without the rest of it.</summary>
/// <param name="Types">The object's types.</param>
/// <param name="Extensions">Function, line and relocation records, or null when it has none.</param>
internal sealed record SourceTypes(BtfFile Types, BtfExt? Extensions)
{
    /// <summary>Reads the sections; null when the object has no types.</summary>
    /// <param name="file">The object.</param>
    /// <exception cref="BpfCore.BpfFormatException">They are damaged.</exception>
    public static SourceTypes? Read(ElfFile file)
    {
        if (file.FindSection(".BTF") is not { } section)
        {
            return null;
        }

        BtfFile types = BtfFile.Read(section.Data, $"{file.Name}: .BTF");
        return new SourceTypes(
            types,
            file.FindSection(".BTF.ext") is { } extensions
                ? BtfExt.Read(extensions.Data, $"{file.Name}: .BTF.ext", types)
                : null);
    }
}
