namespace BpfGen.CommandLine;

/// <summary>The command line is wrong. The message is one line: which word, and what was expected.</summary>
/// <param name="message">The message, without the tool's name.</param>
internal sealed class UsageException(string message) : Exception(message);
