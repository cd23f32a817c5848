using System.Text;
using BpfCore.Btf;
using BpfCore.Btf.CSyntax;
using BpfCore.Elf;

namespace BpfDump.Tests.Types;

/// <summary>
/// A header written by bpfdump, compiled together with a variable of each of its structures, and the types that clang
/// understood.
/// </summary>
internal sealed class CompiledHeader
{
    private readonly BtfFile _compiled;
    private readonly Dictionary<string, BtfType> _variables = new(StringComparer.Ordinal);

    /// <summary>Writes the header of some types and compiles it; warnings are errors.</summary>
    public CompiledHeader(string compiler, string typesPath)
    {
        Original = TypesFile.Read(typesPath);
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("vmlinux.h"), Bpfdump.Run("btf", "--format", "c", typesPath));
        File.WriteAllText(folder.PathOf("all.bpf.c"), Variables());
        string result = folder.PathOf("all.bpf.o");
        ExternalTool.Run(
            compiler, "-target", "bpf", "-g", "-O2", "-Werror", "-c", folder.PathOf("all.bpf.c"), "-o", result);
        ElfFile elf = ElfFile.Read(File.ReadAllBytes(result), "all.bpf.o");
        _compiled = BtfFile.Read(elf.FindSection(".BTF")!.Data, "all.bpf.o");
        foreach (BtfType type in _compiled.Types)
        {
            if (type.Kind == BtfKind.Variable)
            {
                _variables.Add(type.Name, type.Target);
            }
        }
    }

    /// <summary>The types that the header was written from.</summary>
    public BtfFile Original { get; }

    /// <summary>The structures and unions that have names.</summary>
    public IEnumerable<BtfType> Composites
    {
        get
        {
            foreach (BtfType type in Original.Types)
            {
                if (type.IsComposite && !type.IsAnonymous)
                {
                    yield return type;
                }
            }
        }
    }

    /// <summary>What clang made of a structure.</summary>
    /// <param name="original">One of <see cref="Composites"/>.</param>
    public BtfType Compiled(BtfType original) => _variables[$"v{original.Id.Value}"];

    private string Variables()
    {
        TypeNames names = new(Original);
        StringBuilder text = new("#include \"vmlinux.h\"\n");
        foreach (BtfType type in Composites)
        {
            text.Append($"{TypeNames.Keyword(type)} {names.Of(type)} v{type.Id.Value};\n");
        }

        return text.ToString();
    }
}
