namespace BpfCore.Diagnostics;

/// <summary>A step down from the preferred way to another.</summary>
/// <param name="Subject">What was to be done.</param>
/// <param name="From">The way that did not work.</param>
/// <param name="To">The way that is used instead.</param>
/// <param name="Reason">Why the first one did not work.</param>
public readonly record struct FallbackTaken(string Subject, string From, string To, string Reason);
