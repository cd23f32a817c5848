namespace BpfCore.Links;

/// <summary>Patterns of function names: <c>*</c> stands for any text, <c>?</c> for one character.</summary>
internal static class GlobPattern
{
    /// <summary>Whether a text is a pattern at all, and not a plain name.</summary>
    public static bool IsPattern(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether a name matches. Takes time in proportion to the product of the lengths at most.</summary>
    public static bool Matches(ReadOnlySpan<char> name, ReadOnlySpan<char> pattern)
    {
        int at = 0;
        int next = 0;
        int star = -1;
        int starred = 0;
        while (at < name.Length)
        {
            if (next < pattern.Length && pattern[next] == '*')
            {
                star = next++;
                starred = at;
            }
            else if (next < pattern.Length && (pattern[next] == '?' || pattern[next] == name[at]))
            {
                next++;
                at++;
            }
            else if (star >= 0)
            {
                next = star + 1; // the last star takes one character more
                at = ++starred;
            }
            else
            {
                return false;
            }
        }

        return pattern[next..].IndexOfAnyExcept('*') < 0;
    }
}
