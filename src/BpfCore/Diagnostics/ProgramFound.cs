namespace BpfCore.Diagnostics;

/// <summary>A program or subprogram of a BPF object.</summary>
/// <param name="Name">Name of its function symbol.</param>
/// <param name="Section">Name of its section.</param>
/// <param name="Type">Program type in the kernel's words, or <c>subprogram</c>.</param>
/// <param name="InstructionCount">Number of 8-byte instruction slots.</param>
public readonly record struct ProgramFound(string Name, string Section, string Type, int InstructionCount);
