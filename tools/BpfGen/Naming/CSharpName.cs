using System.Globalization;
using System.Text;

namespace BpfGen.Naming;

/// <summary>Makes names for C# of names in C.</summary>
internal static class CSharpName
{
    /// <summary>
    /// The name in Pascal case: <c>filter_min_ns</c> is FilterMinNs, <c>WAY_TP_BTF</c> WayTpBtf, <c>addr.in6</c>
    /// AddrIn6. It is a valid name and no keyword.
    /// </summary>
    public static string Pascal(string name)
    {
        StringBuilder text = new();
        foreach (string word in Words(name))
        {
            bool isUpper = word.Length > 1 && !word.Any(char.IsLower);
            text.Append(char.ToUpperInvariant(word[0]));
            text.Append(isUpper ? word[1..].ToLowerInvariant() : word[1..]);
        }

        return text.Length == 0 || !IsStart(text[0]) ? $"_{text}" : text.ToString();
    }

    /// <summary>The names of an enumeration: without what all of them begin with.</summary>
    /// <param name="enumeration">Name of the enumeration.</param>
    /// <param name="names">Its names in C.</param>
    public static IReadOnlyList<string> Enumerators(string enumeration, IReadOnlyList<string> names)
    {
        string prefix = $"{enumeration}_";
        int common = names.All(name => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            ? prefix.Length
            : CommonPrefix(names);
        return names.Any(name => name.Length == common || !char.IsLetter(name[common]))
            ? [.. names.Select(Pascal)]
            : [.. names.Select(name => Pascal(name[common..]))];
    }

    /// <summary>Whether a text can be the name of a class.</summary>
    public static bool IsValid(string name) =>
        name.Length > 0 && IsStart(name[0]) && name.All(IsPart) && !Keywords.IsKeyword(name);

    private static int CommonPrefix(IReadOnlyList<string> names)
    {
        if (names.Count < 2)
        {
            return 0;
        }

        int length = names.Min(static name => name.Length);
        int common = 0;
        while (common < length && names.All(name => name[common] == names[0][common]))
        {
            common++;
        }

        return common == 0 ? 0 : names[0].LastIndexOf('_', common - 1) + 1;
    }

    // Whatever cannot stand in a name separates words, as the dot of a static variable does (function.counter).
    private static IEnumerable<string> Words(string name)
    {
        StringBuilder word = new();
        foreach (char character in name)
        {
            if (character != '_' && IsPart(character))
            {
                word.Append(character);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    private static bool IsStart(char character) => character == '_' || char.IsLetter(character);

    private static bool IsPart(char character) =>
        IsStart(character) || char.IsDigit(character)
        || char.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
