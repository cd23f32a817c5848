namespace BpfGen;

/// <summary>No class can be made of an object. The message names the object, what is wrong and where.</summary>
/// <param name="message">One line, without the tool's name.</param>
internal sealed class GenerationException(string message) : Exception(message);
