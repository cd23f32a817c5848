using System.Text;
using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Typed;

/// <summary>Writes an interface as text: a line for each part, indented ones for the members of types.</summary>
internal sealed class InterfaceText(BtfFile? types, IReadOnlyDictionary<BtfTypeId, InterfaceType> known)
{
    private const string Indent = "  ";
    private const ulong BitsPerByte = 8; // wide, as sizes of damaged types are anything

    private readonly StringBuilder _text = new();

    public void Add(MapSpec map)
    {
        string key = ShapeOf(map.KeyTypeId, map.KeySize);
        string value = ShapeOf(map.ValueTypeId, map.ValueSize);
        Line($"map {map.Name}: {map.Type}, key {key}, value {value}");
    }

    public void Add(VariableSpec variable) =>
        Line($"{(variable.IsConstant ? "constant" : "variable")} {variable.Name}: {ShapeOf(variable.TypeId)}");

    public void Add(ProgramSpec program) => Line($"program {program.Name}: {program.Type}");

    public void Add(InterfaceType type)
    {
        if (type.Type.IsEnum)
        {
            Line($"{type.Label}: {Integer(type.Type.KindFlag, type.Type.Size)}");
            foreach (BtfEnumValue value in type.Type.EnumValues)
            {
                string number = type.Type.KindFlag ? $"{unchecked((long)value.Value)}" : $"{value.Value}";
                Line($"{Indent}{value.Name}: {number}");
            }

            return;
        }

        Line($"{type.Label}: {type.Type.Size} bytes");
        foreach (InterfaceField field in type.Fields)
        {
            Line($"{Indent}{field.Name}: {Shape(field)}");
        }
    }

    public override string ToString() => _text.ToString();

    /// <summary>What a value looks like: <c>u64</c>, <c>char[16]</c>, <c>struct event</c>, <c>pointer</c>.</summary>
    public string ShapeOf(BtfTypeId id)
    {
        BtfType type = types![id].SkipModifiersAndTypedefs();
        StringBuilder dimensions = new();
        while (type.Kind == BtfKind.Array)
        {
            // Each nesting makes the text longer, and valid ids only go down a few levels.
            ThrowIfEndless(type, dimensions);
            dimensions.Append('[').Append(type.Array.Count).Append(']');
            type = types[type.Array.ElementTypeId].SkipModifiersAndTypedefs();
        }

        return Scalar(type) + dimensions;
    }

    private static void ThrowIfEndless(BtfType type, StringBuilder dimensions)
    {
        const int longest = 1024;
        if (dimensions.Length > longest)
        {
            throw type.Error("its arrays nest without end");
        }
    }

    private string Scalar(BtfType type) => type.Kind switch
    {
        BtfKind.Int when type.IntEncoding.IsBoolean => "bool",
        BtfKind.Int when type.NameBytes.SequenceEqual("char"u8) => "char",
        BtfKind.Int => Integer(type.IntEncoding.IsSigned, type.Size),
        BtfKind.Float => $"f{type.Size * BitsPerByte}",
        BtfKind.Pointer => "pointer",
        _ when known.TryGetValue(type.Id, out InterfaceType? found) => found.Label,
        BtfKind kind => kind.ToString(),
    };

    // Some maps have no keys or no values, and others are defined by sizes alone.
    private string ShapeOf(BtfTypeId id, uint size) => !id.IsVoid ? ShapeOf(id) : size > 0 ? $"{size} bytes" : "none";

    private static string Integer(bool isSigned, uint size) => $"{(isSigned ? 's' : 'u')}{size * BitsPerByte}";

    private string Shape(in InterfaceField field) => field.BitfieldSize > 0
        ? $"{ShapeOf(field.Type.Id)}:{field.BitfieldSize} at bit {field.BitOffset}"
        : $"{ShapeOf(field.Type.Id)} at {field.BitOffset / BitsPerByte}";

    private void Line(string line) => _text.Append(line).Append('\n');
}
