using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Elf;
using BpfCore.Specs.Reading;

namespace BpfCore.Specs;

/// <summary>
/// What a BPF object file holds: programs, maps, variables and types. Reading it takes no kernel and no privileges.
/// </summary>
/// <remarks>
/// A spec may be edited before it is loaded: variables set, programs switched off, maps resized. It is not
/// thread-safe. The image is kept and must not change.
/// </remarks>
public sealed class BpfObjectSpec
{
    /// <summary>Where LLVM 22 puts the tables of indirect jumps.</summary>
    internal const string JumpTableSection = ".jumptables";

    internal BpfObjectSpec(ElfFile elf)
    {
        Elf = elf;
        Name = elf.Name;
    }

    /// <summary>Name of the input, for messages.</summary>
    public string Name { get; }

    /// <summary>The ELF file.</summary>
    public ElfFile Elf { get; }

    /// <summary>Programs in the order of their sections, without the subprograms of <c>.text</c>.</summary>
    public SpecCollection<ProgramSpec> Programs { get; } = new("program");

    /// <summary>Maps: those of <c>.maps</c>, then those of global data.</summary>
    public SpecCollection<MapSpec> Maps { get; } = new("map");

    /// <summary>Global variables that the object's BTF describes.</summary>
    public SpecCollection<VariableSpec> Variables { get; } = new("variable");

    /// <summary>
    /// Symbols that the kernel defines: configuration values, then variables and functions, in libbpf's order.
    /// </summary>
    public SpecCollection<ExternSpec> Externs { get; } = new("extern");

    /// <summary>License of the programs (section <c>license</c>); empty when there is none.</summary>
    public string License { get; internal set; } = "";

    /// <summary>Types of the object (section <c>.BTF</c>), or null when it has none.</summary>
    public BtfFile? Types { get; internal set; }

    /// <summary>Function, line and relocation records (section <c>.BTF.ext</c>), or null when it has none.</summary>
    public BtfExt? TypeExtensions { get; internal set; }

    /// <summary>Programs and subprograms by section and place; CO-RE records are applied in this order.</summary>
    internal List<ProgramSpec> Functions { get; } = [];

    /// <summary>
    /// Tables of places that indirect jumps may go to: each place takes 8 bytes, an offset into the jump's section.
    /// </summary>
    internal ReadOnlyMemory<byte> JumpTables { get; set; }

    /// <summary>Index of <c>.text</c>, or -1.</summary>
    internal int TextSectionIndex { get; set; } = -1;

    /// <summary>Reads a BPF object from memory.</summary>
    /// <param name="image">The ELF file, as clang writes it for <c>-target bpf -g</c>.</param>
    /// <param name="name">Name for messages and, up to its first dot, for the maps of global data.</param>
    /// <param name="observer">Is told what is found, or null.</param>
    /// <exception cref="BpfFormatException">
    /// The object is damaged, for another machine, or uses what is not supported.
    /// </exception>
    public static BpfObjectSpec Read(ReadOnlyMemory<byte> image, string name, BpfObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ObjectReader.Read(image, name, observer);
    }

    /// <summary>Reads a BPF object from a file.</summary>
    /// <param name="path">Path of the ELF file.</param>
    /// <param name="observer">Is told what is found, or null.</param>
    /// <exception cref="BpfFormatException">
    /// The object is damaged, for another machine, or uses what is not supported.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static BpfObjectSpec ReadFile(string path, BpfObserver? observer = null) =>
        Read(File.ReadAllBytes(path), Path.GetFileName(path), observer);

    /// <summary>The externs of a kind, in the order of the object.</summary>
    // By hand: a query would be compiled at every start under the JIT.
    internal List<ExternSpec> ExternsOf(ExternKind kind)
    {
        List<ExternSpec> found = [];
        foreach (ExternSpec item in Externs)
        {
            if (item.Kind == kind)
            {
                found.Add(item);
            }
        }

        return found;
    }

    /// <summary>The function that holds an instruction of a section, or null; of several names, the first.</summary>
    internal ProgramSpec? FindFunction(int sectionIndex, int instruction)
    {
        // The functions are sorted, and none begins inside another one: look for the first that ends behind it.
        int low = 0;
        int high = Functions.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            ProgramSpec function = Functions[middle];
            bool isBefore = function.SectionIndex < sectionIndex
                || (function.SectionIndex == sectionIndex && function.SectionEnd <= instruction);
            (low, high) = isBefore ? (middle + 1, high) : (low, middle);
        }

        return low < Functions.Count
            && Functions[low].SectionIndex == sectionIndex && Functions[low].SectionInstruction <= instruction
            ? Functions[low]
            : null;
    }
}
