using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Typed;

/// <summary>Collects the types that maps and global variables lead to.</summary>
/// <remarks>
/// Pointers are not followed, as they would lead to all of the kernel's types; only those that are global variables
/// themselves are, because that is how C puts a type into BTF that nothing else uses.
/// </remarks>
internal sealed class InterfaceReader
{
    // Real types nest a handful of levels; this only keeps damaged data from exhausting the stack.
    private const int MaximumDepth = 64;

    private static readonly BtfKind[] s_namedKinds = [BtfKind.Struct, BtfKind.Union, BtfKind.Enum, BtfKind.Enum64];

    private readonly BtfFile _types;
    private readonly List<InterfaceType> _found = [];
    private readonly Dictionary<BtfTypeId, InterfaceType> _byId = [];
    private readonly HashSet<string> _labels = new(StringComparer.Ordinal);

    public InterfaceReader(BtfFile types)
    {
        _types = types;
    }

    /// <summary>The types in the order in which they were met.</summary>
    public IReadOnlyList<InterfaceType> Found => _found;

    public IReadOnlyDictionary<BtfTypeId, InterfaceType> ById => _byId;

    /// <summary>Adds what a map holds.</summary>
    public void Add(MapSpec map)
    {
        Add(map.KeyTypeId, $"{map.Name}.key", InterfaceTypeRole.Stored, depth: 0);
        Add(map.ValueTypeId, $"{map.Name}.value", InterfaceTypeRole.Stored, depth: 0);
    }

    /// <summary>Adds the type of a variable; of a pointer, the type that it points to.</summary>
    public void Add(VariableSpec variable)
    {
        BtfType type = _types[variable.TypeId].SkipModifiersAndTypedefs();
        if (type.Kind == BtfKind.Pointer)
        {
            Add(type.TargetId, variable.Name, InterfaceTypeRole.Sent, depth: 0);
        }
        else
        {
            Add(variable.TypeId, variable.Name, InterfaceTypeRole.Stored, depth: 0);
        }
    }

    /// <summary>Adds a structure, union or enumeration by its name in C; false when there is none.</summary>
    public bool TryAdd(string name)
    {
        foreach (BtfKind kind in s_namedKinds)
        {
            if (_types.TryFind(name, kind, out BtfType type))
            {
                Add(type.Id, name, InterfaceTypeRole.Sent, depth: 0);
                return true;
            }
        }

        if (_types.TryFind(name, BtfKind.Typedef, out BtfType typedef))
        {
            Add(typedef.Id, name, InterfaceTypeRole.Sent, depth: 0);
            return true;
        }

        return false;
    }

    private void Add(BtfTypeId id, string path, InterfaceTypeRole role, int depth)
    {
        BtfType type = _types[id];
        string name = "";
        for (int link = 0; type.IsModifier || type.Kind is BtfKind.Typedef or BtfKind.Array; link++)
        {
            if (link > MaximumDepth)
            {
                throw type.Error("its chain of typedefs, qualifiers and arrays does not end");
            }

            name = type.Kind == BtfKind.Typedef ? type.Name : name;
            type = type.Kind == BtfKind.Array ? _types[type.Array.ElementTypeId] : type.Target;
        }

        if ((type.IsComposite || type.IsEnum) && !_byId.ContainsKey(type.Id))
        {
            AddNew(type, type.IsAnonymous ? name : type.Name, path, role, depth);
        }
    }

    private void AddNew(BtfType type, string name, string path, InterfaceTypeRole role, int depth)
    {
        if (depth > MaximumDepth)
        {
            throw type.Error("its types nest too deeply");
        }

        InterfaceType added = new(name.Length > 0 ? name : path, Label(type, name, path), type, role);
        _found.Add(added);
        _byId.Add(type.Id, added);
        if (type.IsComposite)
        {
            foreach (InterfaceField field in added.Fields)
            {
                Add(field.Type.Id, $"{added.Name}.{field.Name}", InterfaceTypeRole.Stored, depth + 1);
            }
        }
    }

    // Objects that were linked together may bring several types of one name.
    private string Label(BtfType type, string name, string path)
    {
        string kind = type.IsEnum ? "enum" : type.Kind == BtfKind.Union ? "union" : "struct";
        string label = name.Length > 0 ? $"{kind} {name}" : $"{kind} ({path})";
        string unique = label;
        for (int number = 2; !_labels.Add(unique); number++)
        {
            unique = $"{label}#{number}";
        }

        return unique;
    }
}
