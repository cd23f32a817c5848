namespace BpfCore.Diagnostics;

/// <summary>A program that the kernel accepted.</summary>
/// <param name="Name">Name of the program.</param>
/// <param name="Type">Program type in the kernel's words.</param>
/// <param name="InstructionCount">Number of 8-byte instruction slots handed to the kernel.</param>
/// <param name="FileDescriptor">Its descriptor in this process.</param>
public readonly record struct ProgramLoaded(string Name, string Type, int InstructionCount, int FileDescriptor);
