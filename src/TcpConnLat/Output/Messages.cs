namespace TcpConnLat.Output;

/// <summary>Messages to the user, on standard error: one line each, led by the tool's name.</summary>
internal static class Messages
{
    /// <summary>Writes a message.</summary>
    /// <param name="message">The message; line breaks in it become spaces.</param>
    public static void Write(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        using StandardError error = new();
        error.WriteLine($"tcpconnlat: {message.ReplaceLineEndings(" ")}");
    }
}
