namespace TcpConnLat.CommandLine;

/// <summary>Takes combined short options apart, as getopt(3) does: <c>-tLp181</c> is <c>-t -L -p 181</c>.</summary>
/// <remarks>
/// System.CommandLine's own bundling looks for options inside the value: to it <c>-p4321</c> is <c>-p -4 321</c>.
/// </remarks>
internal static class ShortOptions
{
    private const string Switches = "hLtv46";
    private const string WithValue = "cp";
    private const string EndOfOptions = "--";

    /// <summary>Takes every combined word apart; all other words stay as they are.</summary>
    /// <param name="arguments">The words of a command line.</param>
    public static List<string> Expand(IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        List<string> words = [];
        bool hasOptionsAhead = true;
        foreach (string word in arguments)
        {
            hasOptionsAhead &= word != EndOfOptions;
            if (!hasOptionsAhead || !IsCombined(word) || !TryTakeApart(word, words))
            {
                words.Add(word);
            }
        }

        return words;
    }

    private static bool IsCombined(string word) => word.Length > 2 && word[0] == '-' && word[1] != '-';

    private static bool TryTakeApart(string word, List<string> words)
    {
        List<string> parts = [];
        for (int index = 1; index < word.Length; index++)
        {
            parts.Add($"-{word[index]}");
            if (WithValue.Contains(word[index]))
            {
                string value = word[(index + 1)..];
                parts.AddRange(value.Length == 0 ? [] : [value.StartsWith('=') ? value[1..] : value]);
                words.AddRange(parts);
                return true;
            }

            if (!Switches.Contains(word[index]))
            {
                return false;
            }
        }

        words.AddRange(parts);
        return true;
    }
}
