using BpfCore.Btf;

namespace BpfCore.Specs.Reading;

/// <summary>Reads how the value of an extern in <c>.kconfig</c> is stored (libbpf's <c>find_kcfg_type</c>).</summary>
internal static class ConfigurationTypeReader
{
    private const string Tristate = "libbpf_tristate";
    private const uint PointerSize = 8;

    public static ExternSpec Read(string name, bool isWeak, BtfType declaration)
    {
        if (declaration.Kind != BtfKind.Variable)
        {
            throw declaration.Error($"extern function {name} in .kconfig; it holds values only");
        }

        BtfType type = declaration.Target.SkipModifiersAndTypedefs();
        ConfigurationKind form = FormOf(type) ?? throw declaration.Error(
            $"extern {name}: {type} holds no configuration value; expected bool, char, an integer, " +
            "enum libbpf_tristate or an array of char");
        BtfType element = form == ConfigurationKind.Text ? ElementOf(type) : type;
        return new ExternSpec(name, ExternKind.Configuration, isWeak, type.Id)
        {
            Form = form,
            IsSigned = type.Kind == BtfKind.Int && !type.IntEncoding.IsBoolean && type.IntEncoding.IsSigned,
            Size = type.ResolveSize(),
            Alignment = Math.Min(PointerSize, element.Size),
        };
    }

    private static ConfigurationKind? FormOf(BtfType type) => type.Kind switch
    {
        BtfKind.Int => FormOfInteger(type),
        BtfKind.Enum when type.Size == sizeof(int) && type.Name == Tristate => ConfigurationKind.Tristate,
        BtfKind.Enum64 when type.Name == Tristate => ConfigurationKind.Tristate,
        BtfKind.Array when type.Array.Count > 0 && FormOf(ElementOf(type)) == ConfigurationKind.Character =>
            ConfigurationKind.Text,
        _ => null,
    };

    private static ConfigurationKind? FormOfInteger(BtfType type) => (type.IntEncoding.IsBoolean, type.Size) switch
    {
        (true, 1) => ConfigurationKind.Boolean,
        (false, 1) => ConfigurationKind.Character,
        (false, 2 or 4 or 8) => ConfigurationKind.Integer,
        _ => null,
    };

    private static BtfType ElementOf(BtfType array) =>
        array.File[array.Array.ElementTypeId].SkipModifiersAndTypedefs();
}
