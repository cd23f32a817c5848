using BpfCore.Btf;

namespace BpfCore.Typed;

/// <summary>A field of a structure or union; those of anonymous members count as fields of what holds them.</summary>
/// <param name="Name">Name as in C.</param>
/// <param name="Type">Its type.</param>
/// <param name="BitOffset">Offset from the start of the structure, in bits.</param>
/// <param name="BitfieldSize">Size of a bitfield in bits; 0 for a field that is none.</param>
public readonly record struct InterfaceField(string Name, BtfType Type, uint BitOffset, uint BitfieldSize);
