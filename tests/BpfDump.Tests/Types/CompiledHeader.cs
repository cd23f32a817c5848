using System.Text;
using BpfCore.Btf;
using BpfCore.Btf.CSyntax;
using BpfCore.Elf;

namespace BpfDump.Tests.Types;

/// <summary>
/// A header written by bpfdump, compiled together with variables of some of its structures, and the types that clang
/// understood.
/// </summary>
internal sealed class CompiledHeader
{
    // clang needs four times as long for twice as many types with debug information.
    private const int StructuresPerFile = 1000;

    private readonly BtfFile _original;
    private readonly string _compiler;
    private readonly TypeNames _names;

    /// <summary>Takes the types that a header is to be written from.</summary>
    public CompiledHeader(string compiler, string typesPath)
    {
        _compiler = compiler;
        _original = TypesFile.Read(typesPath);
        _names = new TypeNames(_original);
    }

    /// <summary>Structures and unions that have names, with what clang makes of them; warnings are errors.</summary>
    /// <param name="isWanted">Which ones.</param>
    public IEnumerable<(BtfType Original, BtfType Compiled)> Compile(Predicate<BtfType> isWanted)
    {
        using TemporaryFolder folder = new();
        using (StreamWriter header = File.CreateText(folder.PathOf("vmlinux.h")))
        {
            CHeaderWriter.Write(_original, header);
        }

        foreach (BtfType[] part in Composites(isWanted).Chunk(StructuresPerFile))
        {
            Dictionary<string, BtfType> variables = Compile(folder, part);
            foreach (BtfType type in part)
            {
                yield return (type, variables[Variable(type)]);
            }
        }
    }

    private static string Variable(BtfType type) => $"v{type.Id.Value}";

    private IEnumerable<BtfType> Composites(Predicate<BtfType> isWanted)
    {
        foreach (BtfType type in _original.Types)
        {
            if (type.IsComposite && !type.IsAnonymous && isWanted(type))
            {
                yield return type;
            }
        }
    }

    private Dictionary<string, BtfType> Compile(TemporaryFolder folder, BtfType[] part)
    {
        StringBuilder text = new("#include \"vmlinux.h\"\n");
        foreach (BtfType type in part)
        {
            text.Append($"{TypeNames.Keyword(type)} {_names.Of(type)} {Variable(type)};\n");
        }

        (string source, string result) = (folder.PathOf("all.bpf.c"), folder.PathOf("all.bpf.o"));
        File.WriteAllText(source, text.ToString());
        ExternalTool.Run(_compiler, "-target", "bpf", "-g", "-O2", "-Werror", "-c", source, "-o", result);
        ElfFile elf = ElfFile.Read(File.ReadAllBytes(result), "all.bpf.o");
        Dictionary<string, BtfType> variables = new(StringComparer.Ordinal);
        foreach (BtfType type in BtfFile.Read(elf.FindSection(".BTF")!.Data, "all.bpf.o").Types)
        {
            if (type.Kind == BtfKind.Variable)
            {
                variables.Add(type.Name, type.Target);
            }
        }

        return variables;
    }
}
