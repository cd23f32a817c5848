namespace BpfCore.Diagnostics;

/// <summary>A section of a BPF object, as its section header describes it.</summary>
/// <param name="Object">Name of the object.</param>
/// <param name="Name">Name of the section.</param>
/// <param name="Role">What the loader takes it for: <c>program</c>, <c>maps</c>, <c>data</c>, <c>BTF</c>, ….</param>
/// <param name="Offset">Offset in the file, in bytes.</param>
/// <param name="Size">Size in bytes.</param>
public readonly record struct SectionFound(string Object, string Name, string Role, ulong Offset, ulong Size);
