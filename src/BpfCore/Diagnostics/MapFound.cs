namespace BpfCore.Diagnostics;

/// <summary>A map definition of a BPF object.</summary>
/// <param name="Name">Name of the map.</param>
/// <param name="Section">Section that defines it: <c>.maps</c> or the data section itself.</param>
/// <param name="Type">Map type in the kernel's words.</param>
/// <param name="KeySize">Size of a key in bytes.</param>
/// <param name="ValueSize">Size of a value in bytes.</param>
/// <param name="MaxEntries">Highest number of entries; 0 where the loader decides.</param>
public readonly record struct MapFound(
    string Name, string Section, string Type, uint KeySize, uint ValueSize, uint MaxEntries);
