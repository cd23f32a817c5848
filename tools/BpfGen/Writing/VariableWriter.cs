using BpfCore.Specs;

namespace BpfGen.Writing;

/// <summary>Writes the classes with a property for each variable.</summary>
internal sealed class VariableWriter(GeneratedClass target, CodeWriter code)
{
    private const string ConstantClass = "ConstantSpecs";
    private const string SpecClass = "VariableSpecs";
    private const string LiveClass = "LiveVariables";

    /// <summary>Names of the classes.</summary>
    public static IReadOnlyList<string> ClassNames { get; } = [ConstantClass, SpecClass, LiveClass];

    /// <summary>Writes all classes.</summary>
    public void Write()
    {
        const string spec = "global::BpfCore.Specs.BpfObjectSpec";
        Write(
            ConstantClass,
            "The constants (<c>const volatile</c>): what is set here is fixed by the load.",
            spec,
            "Bytes",
            target.Interface.Variables.Where(static variable => variable.IsConstant));
        IReadOnlyList<VariableSpec> variables =
            [.. target.Interface.Variables.Where(static variable => !variable.IsConstant)];
        Write(SpecClass, "The values that variables begin with.", spec, "Bytes", variables);
        Write(
            LiveClass,
            "The variables in memory that programs and this process share, until the object is disposed.",
            "global::BpfCore.Objects.BpfObject",
            "Span",
            variables);
    }

    private void Write(string name, string summary, string owner, string bytes, IEnumerable<VariableSpec> variables)
    {
        code.Summary(summary);
        code.Open($"public sealed class {name}");
        code.Line($"private readonly {owner} _object;");
        code.Separate();
        code.Line($"internal {name}({owner} bpf) => _object = bpf;");
        foreach ((string property, VariableSpec variable) in
            NamedParts.Name(name, variables, static variable => variable.Name))
        {
            code.Summary($"{XmlText.Code(variable.Name)}: {XmlText.Code(target.Interface.ShapeOf(variable.TypeId))}.");
            Write(property, variable, bytes);
        }

        code.Close();
    }

    private void Write(string property, VariableSpec variable, string bytes)
    {
        const string span = "global::System.Span";
        string lookup = $"_object.Variables[{Literal.Of(variable.Name)}]";
        if (target.Types.FindElement(variable.TypeId) is { } element)
        {
            code.Line($"public {span}<{element}> {property} =>");
            code.Body(
                $"global::System.Runtime.InteropServices.MemoryMarshal.Cast<byte, {element}>({lookup}.{bytes});");
        }
        else if (target.Types.Find(variable.TypeId) is { } type)
        {
            code.Line($"public ref {type} {property} => ref {lookup}.Ref<{type}>();");
        }
        else
        {
            code.Line($"public {span}<byte> {property} => {lookup}.{bytes};");
        }
    }
}
