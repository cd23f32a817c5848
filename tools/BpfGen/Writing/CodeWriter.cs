using System.Text;

namespace BpfGen.Writing;

/// <summary>Lines of C# with their indentation.</summary>
internal sealed class CodeWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder _text = new();
    private int _level;
    private bool _isAtStart = true;

    /// <summary>Writes a line.</summary>
    /// <param name="line">The line without indentation.</param>
    public void Line(string line)
    {
        if (line.Length > 0)
        {
            _text.Append(' ', _level * SpacesPerLevel).Append(line);
        }

        _text.Append('\n');
        _isAtStart = false;
    }

    /// <summary>Writes an empty line, except at the start of a block.</summary>
    public void Separate()
    {
        if (!_isAtStart)
        {
            Line("");
        }
    }

    /// <summary>Writes what comes before a member and begins it with its summary.</summary>
    /// <param name="summary">XML; <see cref="XmlText"/> makes names of C fit for it.</param>
    public void Summary(string summary)
    {
        Separate();
        Line($"/// <summary>{summary}</summary>");
    }

    /// <summary>Writes a declaration and opens its block.</summary>
    public void Open(string declaration)
    {
        Line(declaration);
        Line("{");
        _level++;
        _isAtStart = true;
    }

    /// <summary>Closes the block that was opened last.</summary>
    public void Close(string end = "}")
    {
        _level--;
        Line(end);
    }

    /// <summary>Writes an expression body one level deeper, under what it belongs to.</summary>
    public void Body(string expression)
    {
        _level++;
        Line(expression);
        _level--;
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
