namespace BpfCore.Diagnostics;

/// <summary>A subprogram appended to a program.</summary>
/// <param name="Program">The program that is being linked.</param>
/// <param name="Subprogram">The subprogram.</param>
/// <param name="InstructionIndex">Index at which its first instruction was placed.</param>
/// <param name="InstructionCount">Number of 8-byte instruction slots appended.</param>
public readonly record struct SubprogramLinked(
    string Program, string Subprogram, int InstructionIndex, int InstructionCount);
