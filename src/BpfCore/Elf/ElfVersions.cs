using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>
/// Versions of the symbols for the dynamic linker (<c>.gnu.version</c>, <c>.gnu.version_d</c>; LSB core, symbol
/// versioning).
/// </summary>
internal sealed class ElfVersions
{
    private readonly ByteView _indexes;
    private readonly Dictionary<int, ReadOnlyMemory<byte>> _names = [];

    private ElfVersions(ByteView indexes) => _indexes = indexes;

    /// <summary>The versions that a library defines, or null when it defines none.</summary>
    public static ElfVersions? Read(ElfImage image)
    {
        ElfSectionHeader? indexes = Find(image, ElfNative.SHT_GNU_versym);
        ElfSectionHeader? definitions = Find(image, ElfNative.SHT_GNU_verdef);
        if (indexes is null || definitions is null || definitions.Link >= image.Sections.Count)
        {
            return null;
        }

        ElfVersions versions = new(image.Read(indexes));
        StringTable texts = new(image.Read(image.Sections[(int)definitions.Link]));
        versions.ReadDefinitions(image.Read(definitions), texts);
        return versions;
    }

    /// <summary>The version of a symbol of the dynamic linker's table; empty when it has none.</summary>
    public ReadOnlySpan<byte> NameOf(int symbol)
    {
        int index = _indexes.ReadUInt16((long)symbol * sizeof(ushort), $"the version of symbol {symbol}");
        index &= ElfNative.VERSYM_VERSION;
        return _names.TryGetValue(index, out ReadOnlyMemory<byte> name) ? name.Span : default;
    }

    private static ElfSectionHeader? Find(ElfImage image, uint type)
    {
        foreach (ElfSectionHeader section in image.Sections)
        {
            if ((uint)section.Kind == type)
            {
                return section;
            }
        }

        return null;
    }

    // The first auxiliary entry of a definition is its name; later ones are those of its ancestors.
    private void ReadDefinitions(ByteView definitions, StringTable texts)
    {
        long offset = 0;
        uint next;
        do
        {
            ushort index = definitions.ReadUInt16(offset + ElfNative.vd_ndx, "vd_ndx");
            long first = offset + definitions.ReadUInt32(offset + ElfNative.vd_aux, "vd_aux");
            uint name = definitions.ReadUInt32(first + ElfNative.vda_name, "vda_name");
            _names[index] = texts.Bytes(name, "the name of a version").ToArray();
            next = definitions.ReadUInt32(offset + ElfNative.vd_next, "vd_next");
            offset += next;
        }
        while (next != 0);
    }
}
