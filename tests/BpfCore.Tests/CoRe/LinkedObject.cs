using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Linking;
using BpfCore.Specs;

namespace BpfCore.Tests.CoRe;

/// <summary>
/// An object linked by BpfCore against given types the way the oracle asks libbpf: all programs together or, when one
/// of them is refused, each in an object of its own.
/// </summary>
internal sealed class LinkedObject
{
    private readonly byte[] _image;
    private readonly string _name;
    private readonly BtfFile _types;

    public LinkedObject(OracleAnswer pair)
    {
        _image = Fixtures.Read(pair.Object);
        _name = Path.GetFileName(pair.Object);
        _types = BtfFile.Read(Fixtures.Read(pair.Btf), pair.Btf);
        try
        {
            Programs = Link();
            // Damage that every program meets is the object's, not a program's.
            Refusal = Programs.Count > 0 && Programs.All(program => program.Refusal is BpfFormatException)
                ? Programs[0].Refusal
                : null;
        }
        catch (BpfException refusal)
        {
            Refusal = refusal;
        }
    }

    /// <summary>Why the object as a whole was refused, or null.</summary>
    public BpfException? Refusal { get; }

    /// <summary>Each program with what became of it.</summary>
    public IReadOnlyList<(ProgramSpec Spec, LinkedProgram? Linked, BpfException? Refusal)> Programs { get; } = [];

    private List<(ProgramSpec, LinkedProgram?, BpfException?)> Link()
    {
        BpfObjectSpec spec = Read();
        try
        {
            ProgramLinker linker = Linker(spec);
            linker.Relocate(spec.Programs);
            List<(ProgramSpec, LinkedProgram?, BpfException?)> linked = [];
            foreach (ProgramSpec program in spec.Programs)
            {
                linked.Add((program, linker.Link(program), null));
            }

            return linked;
        }
        catch (BpfException)
        {
            Linker(spec).Relocate([]);
            return [.. spec.Programs.Select(LinkAlone)];
        }
    }

    private (ProgramSpec, LinkedProgram?, BpfException?) LinkAlone(ProgramSpec program)
    {
        try
        {
            BpfObjectSpec alone = Read();
            return (program, Linker(alone).Link(alone.Programs[program.Name]), null);
        }
        catch (BpfException refusal)
        {
            return (program, null, refusal);
        }
    }

    private BpfObjectSpec Read() => BpfObjectSpec.Read(_image, _name);

    private ProgramLinker Linker(BpfObjectSpec spec) => new(spec, new CoReTargets(_types), observer: null);
}
