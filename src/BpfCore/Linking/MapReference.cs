using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>A 64-bit load that waits for a map's file descriptor in its first immediate.</summary>
/// <param name="InstructionIndex">Index of its first slot in the linked program.</param>
/// <param name="Map">The map.</param>
internal readonly record struct MapReference(int InstructionIndex, MapSpec Map);
