using BpfCore.Btf;
using BpfCore.Typed;
using BpfGen.Naming;
using BpfGen.Types;

namespace BpfGen.Writing;

/// <summary>Writes enumerations.</summary>
internal sealed class EnumWriter(GeneratedClass target, CodeWriter code)
{
    /// <summary>Writes an enumeration.</summary>
    public void Write(InterfaceType type)
    {
        string name = target.Types.NameOf(type);
        string underlying = TypeMap.Integer(type.Type.KindFlag, type.Type.Size)
            ?? throw target.Error($"{type}: an enumeration of {type.Type.Size} bytes");
        List<BtfEnumValue> values = [];
        foreach (BtfEnumValue value in type.Type.EnumValues)
        {
            values.Add(value);
        }

        IReadOnlyList<string> names = CSharpName.Enumerators(type.Name, [.. values.Select(static value => value.Name)]);
        NameScope scope = new();
        code.Summary($"{XmlText.Code(type.Label)}.");
        code.Open($"public enum {name} : {underlying}");
        for (int index = 0; index < values.Count; index++)
        {
            code.Summary($"{XmlText.Code(values[index].Name)}.");
            code.Line($"{scope.Take(names[index])} = {Number(type.Type, values[index].Value)},");
        }

        code.Close();
    }

    private static string Number(BtfType type, ulong bits) =>
        type.KindFlag ? $"{unchecked((long)bits)}" : $"{bits}";
}
