using System.Text;

namespace BpfCore.Btf.CSyntax;

/// <summary>
/// Declarations as C writes them, from the inside out: <c>int (*name)[4]</c>. What has no name is defined in place.
/// </summary>
internal sealed class DeclarationText(TypeNames names, WriterLimits limits)
{
    private readonly CompositeText _composites = new(limits);

    /// <summary>Declares a name as of a type, without a semicolon.</summary>
    /// <param name="type">The type.</param>
    /// <param name="name">The name; empty for a type alone.</param>
    /// <param name="indentation">What lines of a definition in place begin with.</param>
    /// <param name="level">Depth of the declaration in others.</param>
    public string Declare(BtfType type, string name, string indentation = "", int level = 0) =>
        Declare(type, name, "", indentation, level);

    /// <summary>A definition with its keyword and tag, without a semicolon.</summary>
    /// <param name="type">A structure, union or enumeration.</param>
    public string Define(BtfType type) => Define(type, $"{TypeNames.Keyword(type)} {names.Of(type)}", "", level: 0);

    private string Declare(BtfType type, string declarator, string qualifiers, string indentation, int level)
    {
        limits.Check(type, level);
        switch (type.Kind)
        {
            case BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict:
                return Declare(type.Target, declarator, Qualify(qualifiers, type.Kind), indentation, level + 1);
            case BtfKind.TypeTag:
                return Declare(type.Target, declarator, qualifiers, indentation, level + 1);
            case BtfKind.Pointer:
                string pointer = $"*{Join(qualifiers, declarator)}";
                bool needsBrackets = type.Target.SkipModifiers().Kind is BtfKind.Array or BtfKind.FunctionPrototype;
                return Declare(
                    type.Target, needsBrackets ? $"({pointer})" : pointer, "", indentation, level + 1);
            case BtfKind.Array:
                BtfType element = type.File[type.Array.ElementTypeId];
                return Declare(element, $"{declarator}[{type.Array.Count}]", qualifiers, indentation, level + 1);
            case BtfKind.FunctionPrototype:
                string parameters = Parameters(type, indentation, level);
                return Declare(type.Target, $"{declarator}({parameters})", "", indentation, level + 1);
            default:
                return Join(qualifiers, Join(Specifier(type, indentation, level), declarator));
        }
    }

    private string Specifier(BtfType type, string indentation, int level) => type.Kind switch
    {
        BtfKind.Void => "void",
        BtfKind.Int or BtfKind.Float => BaseType.IsKnown(type) ? type.Name : names.Of(type),
        BtfKind.Typedef => names.Of(type),
        BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 when type.IsAnonymous =>
            Define(type, TypeNames.Keyword(type), indentation, level),
        BtfKind.Struct or BtfKind.Union or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Forward =>
            $"{TypeNames.Keyword(type)} {names.Of(type)}",
        _ => throw type.Error("is used as the type of a value"),
    };

    private string Define(BtfType type, string head, string indentation, int level) => type.IsEnum
        ? EnumText.Define(type, head, names, indentation)
        : _composites.Define(this, type, head, indentation, level);

    // Names are left out: one that is also a typedef's would hide the type from the parameters after it.
    private string Parameters(BtfType prototype, string indentation, int level)
    {
        StringBuilder text = new();
        foreach (BtfParameter parameter in prototype.Parameters)
        {
            bool isEllipsis = parameter.TypeId.IsVoid;
            text.Append(text.Length == 0 ? "" : ", ")
                .Append(isEllipsis ? "..." : Declare(parameter.Type, "", "", indentation, level + 1));
        }

        return text.Length == 0 ? "void" : text.ToString();
    }

    // An array of constants that is itself one has the qualifier twice; C warns of the second.
    private static string Qualify(string qualifiers, BtfKind qualifier)
    {
        string word = qualifier switch
        {
            BtfKind.Const => "const",
            BtfKind.Volatile => "volatile",
            _ => "__restrict",
        };
        return qualifiers.Contains(word, StringComparison.Ordinal) ? qualifiers : Join(qualifiers, word);
    }

    private static string Join(string first, string second) =>
        first.Length == 0 ? second : second.Length == 0 ? first : $"{first} {second}";
}
