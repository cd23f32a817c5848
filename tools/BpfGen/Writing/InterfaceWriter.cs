namespace BpfGen.Writing;

/// <summary>Writes the text that an object is compared with when it is read.</summary>
internal sealed class InterfaceWriter(GeneratedClass target, CodeWriter code)
{
    private const string Quotes = "\"\"\"";

    /// <summary>Writes the constant.</summary>
    public void Write()
    {
        code.Separate();
        code.Line("// What this class was generated for; an object that differs is refused when it is read.");
        code.Line("private const string Interface =");
        code.Body(Quotes);
        foreach (string line in target.Interface.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            code.Body(Checked(line));
        }

        code.Body("");
        code.Body($"{Quotes};");
    }

    // Names of damaged objects can hold anything; what ends a literal or a line must not get into the code.
    private string Checked(string line) =>
        line.Contains('"', StringComparison.Ordinal) || line.Any(IsOdd)
            ? throw target.Error($"'{XmlText.Escape(line.Trim())}': its name is none of C")
            : line;

    private static bool IsOdd(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
