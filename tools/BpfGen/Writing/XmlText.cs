using System.Text;

namespace BpfGen.Writing;

/// <summary>Makes text of an object fit for documentation comments.</summary>
internal static class XmlText
{
    /// <summary>The text, escaped, in the tags of code.</summary>
    public static string Code(string text) => $"<c>{Escape(text)}</c>";

    /// <summary>The text with what XML has other uses for escaped, and control characters replaced.</summary>
    public static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char character in text)
        {
            escaped.Append(character switch
            {
                '<' => "&lt;",
                '>' => "&gt;",
                '&' => "&amp;",
                _ when char.IsControl(character) || char.IsSurrogate(character)
                    || character is '\u2028' or '\u2029' => "?",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
