namespace TcpConnLat.Attach;

/// <summary>No permitted way to attach works. The message says which failed, why, and what can be done.</summary>
/// <param name="message">One line, without the tool's name.</param>
/// <param name="cause">The last failure.</param>
internal sealed class AttachException(string message, Exception cause) : Exception(message, cause);
