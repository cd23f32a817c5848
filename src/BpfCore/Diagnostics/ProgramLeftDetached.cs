namespace BpfCore.Diagnostics;

/// <summary>A program that is attached by hand only.</summary>
/// <param name="Program">Name of the program.</param>
/// <param name="Section">Its section, which names no target.</param>
public readonly record struct ProgramLeftDetached(string Program, string Section);
