using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Typed;

/// <summary>
/// What an object shares with user space: its maps, its global variables, its programs, and the types that these lead
/// to. C# classes are generated from it, and it is compared when they read an object.
/// </summary>
/// <remarks>
/// Types are those of keys, values and global variables, with everything inside them, what global variables point to
/// (<c>const struct event *event_layout;</c>), and those asked for by name. Static variables belong to the programs
/// alone and are left out.
/// </remarks>
public sealed class ObjectInterface
{
    private static readonly string[] s_typeKinds = ["struct ", "union ", "enum "];

    private readonly IReadOnlyDictionary<BtfTypeId, InterfaceType> _byId;

    private ObjectInterface(BpfObjectSpec spec, InterfaceReader? types)
    {
        Object = spec;
        Maps = [.. spec.Maps.Where(IsDefined)];
        Variables = [.. spec.Variables.Where(IsGlobal)];
        Types = types?.Found ?? [];
        _byId = types?.ById ?? new Dictionary<BtfTypeId, InterfaceType>();
    }

    /// <summary>The object.</summary>
    public BpfObjectSpec Object { get; }

    /// <summary>The maps that the object defines, without those of global data.</summary>
    public IReadOnlyList<MapSpec> Maps { get; }

    /// <summary>The global variables, without static ones.</summary>
    public IReadOnlyList<VariableSpec> Variables { get; }

    /// <summary>The types, each before those that it holds.</summary>
    public IReadOnlyList<InterfaceType> Types { get; }

    /// <summary>
    /// The interface as text: a line for each part, and an indented one for each field and each name of an enumeration.
    /// </summary>
    public string Text => field ??= Describe();

    /// <summary>Reads the interface of an object.</summary>
    /// <param name="spec">The object.</param>
    /// <param name="typeNames">Further types to take in, by their names in C.</param>
    /// <exception cref="KeyNotFoundException">The object has no type of such a name.</exception>
    /// <exception cref="BpfFormatException">Its types are damaged.</exception>
    public static ObjectInterface Read(BpfObjectSpec spec, params ReadOnlySpan<string> typeNames)
    {
        ArgumentNullException.ThrowIfNull(spec);
        InterfaceReader? reader = ReadTypes(spec);
        foreach (string name in typeNames)
        {
            if (reader?.TryAdd(name) != true)
            {
                throw new KeyNotFoundException(
                    $"{spec.Name}: its BTF has no type '{name}'; the compiler keeps types that global variables, maps "
                    + $"or functions use, so declare a variable: const struct {name} *{name}_layout;");
            }
        }

        return new ObjectInterface(spec, reader);
    }

    /// <summary>Checks that an object has the interface that code was generated for; it may have more.</summary>
    /// <param name="spec">The object.</param>
    /// <param name="expected">The <see cref="Text"/> of the object that code was generated from.</param>
    /// <exception cref="BpfLayoutException">A part is missing or different.</exception>
    /// <exception cref="BpfFormatException">The object's types are damaged.</exception>
    public static void Check(BpfObjectSpec spec, string expected)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(expected);
        InterfaceReader? reader = ReadTypes(spec);
        foreach (ReadOnlySpan<char> line in expected.AsSpan().EnumerateLines())
        {
            if (TypeName(line) is { } name)
            {
                reader?.TryAdd(name);
            }
        }

        InterfaceComparison.ThrowIfDifferent(spec.Name, expected, new ObjectInterface(spec, reader).Text);
    }

    /// <summary>The structure, union or enumeration with an id.</summary>
    /// <param name="id">Id in the object's BTF, without qualifiers and typedefs.</param>
    /// <returns>Null when it is no part of the interface.</returns>
    public InterfaceType? FindType(BtfTypeId id) => _byId.GetValueOrDefault(id);

    /// <summary>What a value of a type looks like, in the words of <see cref="Text"/>.</summary>
    /// <param name="id">Id in the object's BTF.</param>
    public string ShapeOf(BtfTypeId id) => new InterfaceText(Object.Types, _byId).ShapeOf(id);

    // An arena is a map that holds variables and is there under its own name as well.
    private static bool IsDefined(MapSpec map) => map.Contents is null || map.Type == MapType.Arena;

    private static bool IsGlobal(VariableSpec variable) => variable.Linkage == BtfLinkage.Global;

    private static InterfaceReader? ReadTypes(BpfObjectSpec spec)
    {
        if (spec.Types is null)
        {
            return null;
        }

        InterfaceReader reader = new(spec.Types);
        foreach (MapSpec map in spec.Maps.Where(IsDefined))
        {
            reader.Add(map);
        }

        foreach (VariableSpec variable in spec.Variables.Where(IsGlobal))
        {
            reader.Add(variable);
        }

        return reader;
    }

    private static string? TypeName(ReadOnlySpan<char> line)
    {
        foreach (string kind in s_typeKinds)
        {
            int end = line.IndexOfAny(':', '#');
            if (line.StartsWith(kind) && end > kind.Length && line[kind.Length] != '(')
            {
                return line[kind.Length..end].ToString();
            }
        }

        return null;
    }

    private string Describe()
    {
        InterfaceText text = new(Object.Types, _byId);
        foreach (MapSpec map in Maps)
        {
            text.Add(map);
        }

        foreach (VariableSpec variable in Variables)
        {
            text.Add(variable);
        }

        foreach (ProgramSpec program in Object.Programs)
        {
            text.Add(program);
        }

        foreach (InterfaceType type in Types)
        {
            text.Add(type);
        }

        return text.ToString();
    }
}
