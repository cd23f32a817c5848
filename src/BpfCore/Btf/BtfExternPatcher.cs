using System.Buffers.Binary;

namespace BpfCore.Btf;

/// <summary>
/// Turns an object's external variables and functions into what the kernel accepts in BTF, which are defined ones
/// (the end of libbpf's <c>bpf_object__collect_externs</c>). Every type keeps its id.
/// </summary>
internal sealed class BtfExternPatcher
{
    private const string SymbolSection = ".ksyms";
    private const string ConfigurationSection = ".kconfig";

    // What a kernel symbol pretends to be: an integer of 32 bits.
    private const uint SymbolSize = sizeof(uint);
    private const uint SymbolEncoding = 32;

    private readonly BtfFile _file;
    private readonly byte[] _image;

    private BtfExternPatcher(BtfFile file)
    {
        _file = file;
        _image = file.Data.ToArray();
    }

    // The two types and the name that are added behind the file's own.
    private uint SymbolType => (uint)_file.TypeCount;

    private uint SymbolVariable => SymbolType + 1;

    private uint SymbolName => (uint)_file.StringSectionLength;

    /// <summary>The types as the kernel may see them; the file itself when it has no externs.</summary>
    /// <param name="file">The types of an object.</param>
    /// <param name="configuration">Offsets in <c>.kconfig</c> of its variables in bytes, by name.</param>
    /// <param name="configurationSize">Size of <c>.kconfig</c> in bytes.</param>
    public static BtfFile Define(
        BtfFile file, IReadOnlyDictionary<string, uint> configuration, uint configurationSize)
    {
        bool hasSymbols = file.TryFind(SymbolSection, BtfKind.DataSection, out BtfType symbols);
        bool hasConfiguration = file.TryFind(ConfigurationSection, BtfKind.DataSection, out BtfType values);
        if (!hasSymbols && !hasConfiguration)
        {
            return file;
        }

        BtfExternPatcher patcher = new(file);
        if (hasConfiguration)
        {
            patcher.DefineConfiguration(values, configuration, configurationSize);
        }

        if (hasSymbols)
        {
            patcher.DefineSymbols(symbols);
        }

        return BtfFile.Read(hasSymbols ? patcher.WithSymbolTypes() : patcher._image, file.Name);
    }

    private void DefineConfiguration(BtfType section, IReadOnlyDictionary<string, uint> offsets, uint size)
    {
        List<(uint Type, uint Offset, uint Size)> variables = [];
        foreach (BtfSectionVariable element in section.SectionVariables)
        {
            BtfType variable = element.Variable;
            if (variable.Kind != BtfKind.Variable || !offsets.TryGetValue(variable.Name, out uint offset))
            {
                throw section.Error($"its element {variable} is no configuration value");
            }

            SetLinkage(variable);
            variables.Add((element.TypeId.Value, offset, element.Size));
        }

        Write(Record(section)[BtfNative.btf_type_size..], size);
        variables.Sort(static (left, right) => left.Offset.CompareTo(right.Offset));
        for (int index = 0; index < variables.Count; index++)
        {
            WriteElement(section, index, variables[index].Type, variables[index].Offset, variables[index].Size);
        }
    }

    private void DefineSymbols(BtfType section)
    {
        uint offset = 0;
        foreach (BtfSectionVariable element in section.SectionVariables)
        {
            BtfType symbol = element.Variable;
            uint type = DefineSymbol(symbol) ? SymbolVariable : symbol.Id.Value;
            WriteElement(section, (int)(offset / SymbolSize), type, offset, SymbolSize);
            offset += SymbolSize;
        }

        Write(Record(section)[BtfNative.btf_type_size..], offset);
    }

    // True for a function: no function may stand in a data section, so a variable takes its place there.
    private bool DefineSymbol(BtfType symbol)
    {
        switch (symbol.Kind)
        {
            case BtfKind.Variable:
                SetLinkage(symbol);
                Write(Record(symbol)[BtfNative.btf_type_size..], SymbolType);
                return false;
            case BtfKind.Function:
                uint info = BtfInfo.Create(BtfKind.Function, (int)BtfLinkage.Global, kindFlag: false).Word;
                Write(Record(symbol)[BtfNative.btf_type_info..], info);
                NameParameters(symbol.Target);
                return true;
            default:
                throw symbol.Error("neither variable nor function, but listed in .ksyms");
        }
    }

    // A declaration may leave out the names of its parameters, a definition may not.
    private void NameParameters(BtfType prototype)
    {
        if (prototype.Kind != BtfKind.FunctionPrototype)
        {
            throw prototype.Error("the type of a function, but no prototype");
        }

        Span<byte> parameters = Record(prototype)[BtfNative.sizeof_btf_type..];
        for (int index = 0; index < prototype.Parameters.Count; index++)
        {
            Span<byte> parameter = parameters[(index * BtfNative.sizeof_btf_param)..];
            bool isNamed = BinaryPrimitives.ReadUInt32LittleEndian(parameter) != 0;
            bool isEllipsis = BinaryPrimitives.ReadUInt32LittleEndian(parameter[sizeof(uint)..]) == 0;
            if (!isNamed && !isEllipsis)
            {
                Write(parameter, SymbolName);
            }
        }
    }

    private byte[] WithSymbolTypes()
    {
        const int IntSize = BtfNative.sizeof_btf_type + BtfNative.sizeof_btf_int;
        const int VariableSize = BtfNative.sizeof_btf_type + BtfNative.sizeof_btf_var;
        Span<byte> types = stackalloc byte[IntSize + VariableSize];
        Write(types[BtfNative.btf_type_name_off..], SymbolName);
        Write(types[BtfNative.btf_type_info..], BtfInfo.Create(BtfKind.Int, 0, kindFlag: false).Word);
        Write(types[BtfNative.btf_type_size..], SymbolSize);
        Write(types[BtfNative.sizeof_btf_type..], SymbolEncoding);

        Span<byte> variable = types[IntSize..];
        Write(variable[BtfNative.btf_type_name_off..], SymbolName);
        Write(variable[BtfNative.btf_type_info..], BtfInfo.Create(BtfKind.Variable, 0, kindFlag: false).Word);
        Write(variable[BtfNative.btf_type_size..], SymbolType);
        Write(variable[BtfNative.sizeof_btf_type..], (uint)BtfLinkage.Global);
        return BtfAppendix.Append(_file, _image, types, "kernel_symbol\0"u8);
    }

    private void SetLinkage(BtfType variable) =>
        Write(Record(variable)[BtfNative.sizeof_btf_type..], (uint)BtfLinkage.Global);

    private void WriteElement(BtfType section, int index, uint type, uint offset, uint size)
    {
        int start = BtfNative.sizeof_btf_type + (index * BtfNative.sizeof_btf_var_secinfo);
        Span<byte> element = Record(section)[start..];
        Write(element, type);
        Write(element[4..], offset);
        Write(element[8..], size);
    }

    private Span<byte> Record(BtfType type) =>
        _image.AsSpan(_file.TypeSectionOffset + _file.RecordOffset(type.Id));

    private static void Write(Span<byte> target, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(target, value);
}
