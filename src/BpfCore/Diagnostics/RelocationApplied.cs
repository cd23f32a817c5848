namespace BpfCore.Diagnostics;

/// <summary>One relocation with the instruction before and after it.</summary>
/// <param name="Program">Name of the program or subprogram that holds the instruction.</param>
/// <param name="InstructionIndex">Index of the instruction from the start of that program.</param>
/// <param name="Kind">Kind of relocation: a CO-RE kind such as <c>byte_off</c>, or <c>map</c>, <c>call</c>, ….</param>
/// <param name="Subject">What it refers to: <c>struct sock.__sk_common.skc_daddr</c>, or a symbol.</param>
/// <param name="Outcome">What came of it: the new value with its target, or why the instruction was poisoned.</param>
/// <param name="Before">The instruction's 8 bytes before, as a little-endian number.</param>
/// <param name="After">The instruction's 8 bytes after, as a little-endian number.</param>
public readonly record struct RelocationApplied(
    string Program, int InstructionIndex, string Kind, string Subject, string Outcome, ulong Before, ulong After);
