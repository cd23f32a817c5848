using System.Text;

namespace TcpConnLat.Output;

/// <summary>Standard error as text; a line is one <c>write(2)</c>.</summary>
/// <remarks>What cannot be written is dropped: there is nowhere to complain, and the rows go on.</remarks>
internal sealed class StandardError : TextWriter
{
    private const int FileDescriptor = 2;

    private readonly DescriptorStream _stream = new(FileDescriptor);

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        try
        {
            _stream.Write(Encoding.GetBytes(value ?? string.Empty));
        }
        catch (IOException)
        {
            // See the remarks.
        }
    }

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Write($"{value}\n");

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _stream.Dispose();
        base.Dispose(disposing);
    }
}
