namespace BpfCore.Linking;

/// <summary>
/// An instruction that was made invalid because what it refers to is not there. The verifier complains only if the
/// program can reach it, and then knows nothing but the number.
/// </summary>
/// <param name="Function">The number of the function that it calls.</param>
/// <param name="Reason">What is missing.</param>
internal sealed record Poison(int Function, string Reason);
