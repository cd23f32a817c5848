namespace BpfCore.Diagnostics;

/// <summary>A map that the kernel created.</summary>
/// <param name="Name">Name of the map in the object.</param>
/// <param name="Type">Map type in the kernel's words.</param>
/// <param name="KeySize">Size of a key in bytes.</param>
/// <param name="ValueSize">Size of a value in bytes.</param>
/// <param name="MaxEntries">Number of entries it was created with.</param>
/// <param name="Flags">The <c>BPF_F_*</c> flags it was created with.</param>
/// <param name="FileDescriptor">Its descriptor in this process.</param>
public readonly record struct MapCreated(
    string Name, string Type, uint KeySize, uint ValueSize, uint MaxEntries, uint Flags, int FileDescriptor);
