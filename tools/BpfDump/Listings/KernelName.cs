using System.Text;

namespace BpfDump.Listings;

/// <summary>Names of the kernel's enumerations as its users write them: <c>perf_event_array</c>.</summary>
internal static class KernelName
{
    /// <summary>The words of a value, joined by underscores; the number of a value without a name.</summary>
    /// <typeparam name="T">The enumeration.</typeparam>
    /// <param name="value">The value.</param>
    public static string Of<T>(T value)
        where T : struct, Enum
    {
        StringBuilder text = new();
        foreach (char character in value.ToString())
        {
            if (char.IsAsciiLetterUpper(character) && text.Length > 0)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
