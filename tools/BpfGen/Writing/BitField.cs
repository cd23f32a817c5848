using BpfCore.Btf;
using BpfCore.Typed;

namespace BpfGen.Writing;

/// <summary>Writes a bitfield as a property over the bytes of its structure.</summary>
internal readonly struct BitField(InterfaceField bits, string type)
{
    /// <summary>The most bits that a property can give.</summary>
    public const uint LongestSize = 64;

    private const string Library = "global::BpfCore.Typed.BitField";

    private readonly BtfType _type = bits.Type.SkipModifiersAndTypedefs();

    private string Place => $"{bits.BitOffset}, {bits.BitfieldSize}";

    private bool IsSigned => _type.Kind == BtfKind.Int ? _type.IntEncoding.IsSigned : _type.KindFlag;

    /// <summary>Writes the property.</summary>
    public void Write(string name, CodeWriter code)
    {
        bool isBoolean = type == "bool";
        string value = isBoolean ? "value ? 1UL : 0UL" : "unchecked((ulong)value)";
        code.Open($"public {type} {name}");
        code.Line($"readonly get => {(isBoolean ? $"{Get} != 0" : $"unchecked(({type}){Get})")};");
        code.Line($"set => {Library}.Set(ref this, {Place}, {value});");
        code.Close();
    }

    private string Get => $"{Library}.{(IsSigned ? "GetSigned" : "Get")}(in this, {Place})";
}
