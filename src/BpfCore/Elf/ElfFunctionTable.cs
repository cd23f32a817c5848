using BpfCore.Binary;

namespace BpfCore.Elf;

/// <summary>The functions of one symbol table, read one by one, and their versions.</summary>
internal sealed class ElfFunctionTable
{
    private readonly ByteView _symbols;
    private readonly StringTable _names;
    private readonly ElfVersions? _versions;

    public ElfFunctionTable(ElfImage image, ElfSectionHeader table)
    {
        _symbols = image.Read(table);
        if (table.EntrySize != ElfNative.sizeof_Elf64_Sym)
        {
            throw _symbols.Error(0, $"symbols of {table.EntrySize} bytes, expected 24");
        }

        if (table.Link >= image.Sections.Count)
        {
            throw _symbols.Error(0, $"section {table.Link} with the symbol names does not exist");
        }

        _names = new StringTable(image.Read(image.Sections[(int)table.Link]));
        _versions = table.Kind == ElfSectionKind.DynamicSymbolTable ? ElfVersions.Read(image) : null;
    }

    public int Count => _symbols.Length / ElfNative.sizeof_Elf64_Sym;

    /// <summary>Reads a symbol; false for one that is no function of this file.</summary>
    public bool TryRead(int index, out ElfFunctionSymbol function)
    {
        ByteView symbol = _symbols.Slice(
            (long)index * ElfNative.sizeof_Elf64_Sym, ElfNative.sizeof_Elf64_Sym, $"symbol {index}");
        byte info = symbol.ReadByte(ElfNative.st_info, "st_info");
        ulong address = symbol.ReadUInt64(ElfNative.st_value, "st_value");
        int kind = info & 0xF;
        bool isFunction = kind is (int)ElfSymbolKind.Function or ElfNative.STT_GNU_IFUNC
            && symbol.ReadUInt16(ElfNative.st_shndx, "st_shndx") != ElfNative.SHN_UNDEF
            && address != 0;
        function = new ElfFunctionSymbol
        {
            Name = isFunction
                ? _names.Bytes(symbol.ReadUInt32(ElfNative.st_name, "st_name"), $"the name of symbol {index}")
                : default,
            Address = address,
            IsWeak = (ElfSymbolBinding)(info >> 4) == ElfSymbolBinding.Weak,
        };
        return isFunction;
    }

    /// <summary>The version of a symbol that <see cref="TryRead"/> gave; empty when it has none.</summary>
    public ReadOnlySpan<byte> VersionOf(int index, in ElfFunctionSymbol symbol)
    {
        int at = symbol.Name.IndexOf((byte)'@');
        return at >= 0 ? symbol.Name[at..].TrimStart((byte)'@') : _versions is null ? default : _versions.NameOf(index);
    }
}
