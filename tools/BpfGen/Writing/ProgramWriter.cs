using BpfCore.Specs;

namespace BpfGen.Writing;

/// <summary>Writes the classes with a property for each program: one before the load, one after it.</summary>
internal sealed class ProgramWriter(GeneratedClass target, CodeWriter code)
{
    private const string SpecClass = "ProgramSpecs";
    private const string LiveClass = "LivePrograms";

    /// <summary>Names of the classes.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = [SpecClass, LiveClass];

    /// <summary>Writes both classes.</summary>
    public void Write()
    {
        Write(
            SpecClass,
            "The programs before the load: which are loaded, and for what, may still be changed.",
            "global::BpfCore.Specs.BpfObjectSpec",
            "global::BpfCore.Specs.ProgramSpec");
        Write(
            LiveClass,
            "The programs in the kernel, as far as they were loaded.",
            "global::BpfCore.Objects.BpfObject",
            "global::BpfCore.Programs.BpfProgram");
    }

    private void Write(string name, string summary, string owner, string program)
    {
        code.Summary(summary);
        code.Open($"public sealed class {name}");
        code.Line($"private readonly {owner} _object;");
        code.Separate();
        code.Line($"internal {name}({owner} bpf) => _object = bpf;");
        foreach ((string property, ProgramSpec part) in
            NamedParts.Name(name, target.Interface.Object.Programs, static spec => spec.Name))
        {
            code.Summary($"{XmlText.Code(part.Name)} in section {XmlText.Code(part.SectionName)}.");
            code.Line($"public {program} {property} => _object.Programs[{Literal.Of(part.Name)}];");
        }

        code.Close();
    }
}
