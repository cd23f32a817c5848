using System.Globalization;

namespace BpfCore.Btf.CSyntax;

/// <summary>
/// Names that are unique where C demands it. Of several types with one name, the one with the lowest id keeps it and
/// the others become flavours of it.
/// </summary>
/// <remarks>C knows two name spaces: tags of structures, unions and enumerations, and all other identifiers.</remarks>
internal sealed class TypeNames
{
    private readonly Dictionary<BtfTypeId, string> _names = [];
    private readonly Dictionary<string, int> _tags = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _identifiers = new(StringComparer.Ordinal);

    // The keyword that a tag without flavour belongs to, so that forward declarations find the type they declare.
    private readonly Dictionary<string, string> _keywords = new(StringComparer.Ordinal);

    public TypeNames(BtfFile file)
    {
        // The compiler has a type of this name already, and for BPF it is another one than the kernel's.
        ClaimIdentifier("__builtin_va_list");
        foreach (BtfType type in file.Types)
        {
            if (!type.IsAnonymous && (type.IsComposite || type.IsEnum || type.Kind == BtfKind.Typedef))
            {
                Of(type);
            }
        }
    }

    /// <summary>The keyword in front of a tag.</summary>
    public static string Keyword(BtfType type) => type.Kind switch
    {
        BtfKind.Struct => "struct",
        BtfKind.Union => "union",
        BtfKind.Forward => type.KindFlag ? "union" : "struct",
        _ => "enum",
    };

    /// <summary>The name of a structure, union, enumeration, forward declaration, typedef or integer.</summary>
    public string Of(BtfType type)
    {
        if (!_names.TryGetValue(type.Id, out string? name))
        {
            name = type.Kind is BtfKind.Typedef or BtfKind.Int or BtfKind.Float
                ? ClaimIdentifier(type.Name)
                : ClaimTag(Identifier(type.Name), Keyword(type), type.Kind == BtfKind.Forward);
            _names.Add(type.Id, name);
        }

        return name;
    }

    /// <summary>An identifier that nothing else has: the one wanted, or a flavour of it.</summary>
    public string ClaimIdentifier(string wanted) => Claim(_identifiers, Identifier(wanted));

    /// <summary>A name in the letters that C allows.</summary>
    public static string Identifier(string name)
    {
        bool isIdentifier = name.Length > 0 && !char.IsAsciiDigit(name[0]);
        foreach (char character in name)
        {
            isIdentifier &= IsAllowed(character);
        }

        return isIdentifier
            ? name
            : string.Create(name.Length + 1, name, static (target, source) =>
            {
                target[0] = '_';
                for (int index = 0; index < source.Length; index++)
                {
                    target[index + 1] = IsAllowed(source[index]) ? source[index] : '_';
                }
            });
    }

    private static bool IsAllowed(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private string ClaimTag(string wanted, string keyword, bool isForward)
    {
        if (isForward && _keywords.TryGetValue(wanted, out string? known) && known == keyword)
        {
            return wanted;
        }

        _keywords.TryAdd(wanted, keyword);
        return Claim(_tags, wanted);
    }

    private static string Claim(Dictionary<string, int> taken, string wanted)
    {
        string name = wanted;
        while (!taken.TryAdd(name, 1))
        {
            taken[wanted]++;
            name = string.Create(CultureInfo.InvariantCulture, $"{wanted}___{taken[wanted]}");
        }

        return name;
    }
}
