namespace BpfGen.Writing;

/// <summary>Writes the class of the object as it was read, which may still be edited.</summary>
internal sealed class SpecWriter(GeneratedClass target, CodeWriter code)
{
    private const string Data = "global::BpfCore.Specs.BpfObjectSpec";
    private const string Options = "global::BpfCore.Objects.BpfLoadOptions?";

    /// <summary>Writes the class.</summary>
    public void Write()
    {
        code.Summary("The object as it was read: constants, maps and programs may be changed until it is loaded.");
        code.Open($"public sealed class {GeneratedClass.SpecName}");
        code.Open($"internal {GeneratedClass.SpecName}({Data} bpf)");
        code.Line("Object = bpf;");
        code.Line("Maps = new(bpf);");
        code.Line("Programs = new(bpf);");
        code.Line("Constants = new(bpf);");
        code.Line("Variables = new(bpf);");
        code.Close();
        WriteProperties();
        WriteLoad();
        code.Close();
    }

    private void WriteProperties()
    {
        code.Summary("The object with what is not typed.");
        code.Line($"public {Data} Object {{ get; }}");
        code.Summary("The maps.");
        code.Line("public MapSpecs Maps { get; }");
        code.Summary("The programs.");
        code.Line("public ProgramSpecs Programs { get; }");
        code.Summary("The constants.");
        code.Line("public ConstantSpecs Constants { get; }");
        code.Summary("The first values of the variables.");
        code.Line("public VariableSpecs Variables { get; }");
    }

    private void WriteLoad()
    {
        code.Summary("Loads the object into the kernel: see <see cref=\"global::BpfCore.Objects.BpfObject.Load\"/>.");
        code.Line("/// <param name=\"options\">How to load it, or null for the usual way.</param>");
        code.Line("/// <returns>The object; the caller owns it.</returns>");
        code.Line("/// <exception cref=\"global::BpfCore.BpfException\">It cannot be loaded.</exception>");
        code.Line($"public {target.Name} Load({Options} options = null) =>");
        code.Body("new(global::BpfCore.Objects.BpfObject.Load(Object, options));");
    }
}
