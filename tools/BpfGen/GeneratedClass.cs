using BpfCore.Btf;
using BpfCore.Specs;
using BpfCore.Typed;
using BpfGen.CommandLine;
using BpfGen.Naming;
using BpfGen.Types;
using BpfGen.Writing;

namespace BpfGen;

/// <summary>What a class is written from: names, objects, and the C# types for theirs.</summary>
internal sealed class GeneratedClass
{
    /// <summary>Name of the class with what may still be edited.</summary>
    public const string SpecName = "Spec";

    private static readonly string[] s_members =
    [
        SpecName, "Object", "Maps", "Programs", "Variables", "Constants", "Open", "OpenFile", "Read", "Load", "Attach",
        "Dispose", "Interface", "ResourceFor",
    ];

    private GeneratedClass(Request request, string name, ObjectInterface @object)
    {
        Request = request;
        Name = name;
        Interface = @object;
        Types = new TypeMap(@object, new NameScope(
        [
            name, .. s_members, .. MapWriter.ClassNames, .. ProgramWriter.ClassNames, .. VariableWriter.ClassNames,
        ]));
    }

    /// <summary>What was asked for.</summary>
    public Request Request { get; }

    /// <summary>Name of the class.</summary>
    public string Name { get; }

    /// <summary>The interface that all objects have.</summary>
    public ObjectInterface Interface { get; }

    /// <summary>The C# types.</summary>
    public TypeMap Types { get; }

    /// <summary>Reads the objects of a request.</summary>
    /// <exception cref="GenerationException">No class can be made of them.</exception>
    /// <exception cref="BpfCore.BpfException">An object is damaged or not supported.</exception>
    /// <exception cref="IOException">An object cannot be read.</exception>
    public static GeneratedClass Read(Request request)
    {
        ObjectInterface first = Read(request, request.Objects[0]);
        foreach (ObjectInput input in request.Objects.Skip(1))
        {
            ThrowIfDifferent(first, Read(request, input));
        }

        return request.Namespace is { } name && !name.Split('.').All(CSharpName.IsValid)
            ? throw new GenerationException($"'{name}' cannot be a namespace; set Namespace to one that can")
            : new GeneratedClass(request, ClassName(request), first);
    }

    /// <summary>What a map is, as XML.</summary>
    public string DescribeMap(MapSpec map)
    {
        string? key = Shape(map.KeyTypeId, map.KeySize);
        string? value = Shape(map.ValueTypeId, map.ValueSize);
        return (key, value) switch
        {
            (null, null) => $"{map.Type}",
            (null, _) => $"{map.Type} of {XmlText.Code(value)}",
            (_, null) => $"{map.Type}, keys {XmlText.Code(key)}",
            _ => $"{map.Type}, {XmlText.Code(key)} to {XmlText.Code(value)}",
        };
    }

    /// <summary>An error about the first object.</summary>
    public GenerationException Error(string problem) => new($"{Interface.Object.Name}: {problem}");

    private static ObjectInterface Read(Request request, ObjectInput input)
    {
        try
        {
            return ObjectInterface.Read(BpfObjectSpec.ReadFile(input.Path), [.. request.TypeNames]);
        }
        catch (KeyNotFoundException missing)
        {
            throw new GenerationException(missing.Message);
        }
    }

    private static void ThrowIfDifferent(ObjectInterface first, ObjectInterface other)
    {
        string[] expected = first.Text.Split('\n');
        string[] found = other.Text.Split('\n');
        for (int line = 0; line < Math.Max(expected.Length, found.Length); line++)
        {
            string wanted = line < expected.Length ? expected[line].Trim() : "";
            string actual = line < found.Length ? found[line].Trim() : "";
            if (wanted != actual)
            {
                throw new GenerationException(
                    $"{other.Object.Name}: one class cannot serve it and {first.Object.Name}: "
                    + $"'{actual}' is '{wanted}' there; give them different class names");
            }
        }
    }

    private static string ClassName(Request request)
    {
        if (request.ClassName is not { } given)
        {
            return CSharpName.Pascal(Path.GetFileNameWithoutExtension(request.Objects[0].Path));
        }

        return CSharpName.IsValid(given)
            ? given
            : throw new GenerationException($"'{given}' cannot be the name of a class; set ClassName to one that can");
    }

    private string? Shape(BtfTypeId id, uint size) =>
        !id.IsVoid ? Interface.ShapeOf(id) : size > 0 ? $"{size} bytes" : null;
}
