using System.Globalization;
using System.Text;

namespace BpfGen.Writing;

/// <summary>Writes text of an object as C#.</summary>
internal static class Literal
{
    /// <summary>A string literal.</summary>
    public static string Of(string text)
    {
        StringBuilder literal = new("\"");
        foreach (char character in text)
        {
            bool isPlain = char.IsLetterOrDigit(character)
                || (char.IsAscii(character) && !char.IsControl(character) && character is not ('"' or '\\'));
            literal.Append(isPlain
                ? character.ToString()
                : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}"));
        }

        return literal.Append('"').ToString();
    }
}
