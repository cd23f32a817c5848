using BpfCore.Btf;
using BpfCore.Elf;

namespace BpfCore.Specs.Reading;

/// <summary>
/// Finds the external symbols of an object and what they stand for by the BTF section that lists them (libbpf's
/// <c>bpf_object__collect_externs</c>).
/// </summary>
internal static class ExternReader
{
    public const string ConfigurationSection = ".kconfig";
    public const string SymbolSection = ".ksyms";

    public static void Read(BpfObjectSpec spec)
    {
        List<ExternSpec> externs = ReadSymbols(spec);
        externs.Sort(Compare);
        foreach (ExternSpec item in externs)
        {
            item.Index = spec.Externs.Count;
            spec.Externs.Add(item.Name, item);
        }

        if (externs.Count > 0)
        {
            CheckDeclarations(spec, ConfigurationSection, externs[0].Kind == ExternKind.Configuration);
            CheckDeclarations(spec, SymbolSection, externs[^1].Kind != ExternKind.Configuration);
            ConfigurationMapReader.Read(spec);
        }
    }

    /// <summary>Whether the symbol is one that the object uses but does not define.</summary>
    public static bool IsExtern(ElfSymbol symbol) =>
        symbol.IsExternal && symbol.Kind == ElfSymbolKind.None && symbol.Binding != ElfSymbolBinding.Local;

    private static List<ExternSpec> ReadSymbols(BpfObjectSpec spec)
    {
        List<ExternSpec> externs = [];
        ExternDeclarations? declarations = null;
        foreach (ElfSymbol symbol in spec.Elf.SymbolTable)
        {
            if (IsExtern(symbol) && symbol.Name.Length > 0)
            {
                declarations ??= new ExternDeclarations(
                    spec.Types ?? throw Error(spec, symbol.Name, "cannot be told without BTF; compile with -g"));
                externs.Add(Read(spec, symbol, declarations));
            }
        }

        return externs;
    }

    private static ExternSpec Read(BpfObjectSpec spec, ElfSymbol symbol, ExternDeclarations declarations)
    {
        BtfType declaration = declarations.Find(symbol.Name) ?? throw Error(
            spec, symbol.Name, "is not described by the object's BTF; compile with -g and a clang that knows externs");
        BtfLinkage linkage =
            declaration.Kind == BtfKind.Variable ? declaration.VariableLinkage : declaration.FunctionLinkage;
        if (linkage != BtfLinkage.External)
        {
            throw Error(spec, symbol.Name, $"is external in the symbol table, but {linkage} in BTF");
        }

        string? section = declarations.SectionOf(declaration);
        bool isWeak = symbol.Binding == ElfSymbolBinding.Weak;
        return section switch
        {
            ConfigurationSection => ConfigurationTypeReader.Read(symbol.Name, isWeak, declaration),
            SymbolSection => ReadKernelSymbol(symbol.Name, isWeak, declaration),
            null => throw Error(
                spec, symbol.Name, "is defined nowhere; link its definition in, or declare it __ksym or __kconfig"),
            _ => throw Error(spec, symbol.Name, $"lies in section {section}, expected .ksyms or .kconfig"),
        };
    }

    private static ExternSpec ReadKernelSymbol(string name, bool isWeak, BtfType declaration)
    {
        BtfType type = declaration.Target.SkipModifiersAndTypedefs();
        ExternKind kind = declaration.Kind == BtfKind.Function ? ExternKind.KernelFunction
            : type.Id.IsVoid ? ExternKind.KernelSymbol
            : ExternKind.KernelVariable;
        return new ExternSpec(name, kind, isWeak, type.Id);
    }

    private static int Compare(ExternSpec left, ExternSpec right)
    {
        bool isConfiguration = left.Kind == ExternKind.Configuration;
        if (isConfiguration != (right.Kind == ExternKind.Configuration))
        {
            return isConfiguration ? -1 : 1;
        }

        // Only configuration values have an alignment and a size: the widest come first, so that no gap opens.
        int order = right.Alignment.CompareTo(left.Alignment);
        order = order != 0 ? order : left.Size.CompareTo(right.Size);
        return order != 0 ? order : string.CompareOrdinal(left.Name, right.Name);
    }

    // What BTF declares must be among the symbols: a linker that drops one and keeps the other breaks the object.
    private static void CheckDeclarations(BpfObjectSpec spec, string name, bool isUsed)
    {
        if (!isUsed || !spec.Types!.TryFind(name, BtfKind.DataSection, out BtfType section))
        {
            return;
        }

        foreach (BtfSectionVariable element in section.SectionVariables)
        {
            if (!spec.Externs.TryGet(element.Variable.Name, out _))
            {
                throw Error(spec, element.Variable.Name, "is declared in BTF, but no symbol of the object");
            }
        }
    }

    private static BpfFormatException Error(BpfObjectSpec spec, string name, string problem) =>
        new(spec.Name, ".BTF", 0, $"extern {name} {problem}");
}
