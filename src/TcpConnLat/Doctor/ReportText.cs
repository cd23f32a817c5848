using System.Text;

namespace TcpConnLat.Doctor;

/// <summary>Lays a report out in 80 columns.</summary>
internal sealed class ReportText
{
    private const int Width = 80;
    private const int StatusWidth = 6;
    private const int SubjectWidth = 21;
    private const int Margin = 2;

    private readonly StringBuilder _text = new();

    /// <summary>Adds a line of its own, with an empty one before it.</summary>
    /// <param name="title">The line.</param>
    public void Title(string title)
    {
        _text.Append(_text.Length > 0 ? "\n" : string.Empty);
        Wrap(title, indent: 0);
    }

    /// <summary>Adds a line of the list: status, subject and what there is to say, wrapped in its column.</summary>
    /// <param name="status">The status, one short word.</param>
    /// <param name="subject">The subject.</param>
    /// <param name="text">What there is to say.</param>
    public void Item(string status, string subject, string text)
    {
        _text.Append(' ', Margin).Append(status.PadRight(StatusWidth)).Append(subject.PadRight(SubjectWidth));
        Wrap(text, Margin + StatusWidth + SubjectWidth);
    }

    /// <summary>Adds a line below the text of an item.</summary>
    /// <param name="text">The line.</param>
    public void Continue(string text)
    {
        const int Indent = Margin + StatusWidth + SubjectWidth;
        _text.Append(' ', Indent);
        Wrap(text, Indent);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    // The cursor stands at the indent already; a word longer than a line sticks out.
    private void Wrap(string text, int indent)
    {
        int column = indent;
        foreach (string word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (column > indent && column + 1 + word.Length > Width)
            {
                _text.Append('\n').Append(' ', indent);
                column = indent;
            }

            _text.Append(column > indent ? " " : string.Empty).Append(word);
            column += word.Length + (column > indent ? 1 : 0);
        }

        _text.Append('\n');
    }
}
