namespace BpfDump.CommandLine;

/// <summary>What a command line asks for.</summary>
internal abstract record Request
{
    /// <summary>List a part of an object.</summary>
    /// <param name="Listing">Which part.</param>
    /// <param name="Path">Path of the object.</param>
    public sealed record List(Listing Listing, string Path) : Request;

    /// <summary>Write types.</summary>
    /// <param name="Path">Path of a BTF blob, or of an ELF file with a section <c>.BTF</c>.</param>
    /// <param name="BasePath">The same for the types that split BTF extends, or null.</param>
    /// <param name="Format">How to write them.</param>
    public sealed record Types(string Path, string? BasePath, TypeFormat Format) : Request;

    /// <summary>Relocate one object.</summary>
    /// <param name="Path">Path of the object.</param>
    /// <param name="TypesPath">Path of the kernel's types.</param>
    public sealed record Relocate(string Path, string TypesPath) : Request;

    /// <summary>Relocate many objects.</summary>
    /// <param name="ListPath">Path of a file with an object's path on each line.</param>
    /// <param name="TypesPath">Path of the kernel's types.</param>
    public sealed record RelocateAll(string ListPath, string TypesPath) : Request;

    /// <summary>Show the help text.</summary>
    public sealed record Help : Request;

    /// <summary>Show the version.</summary>
    public sealed record Version : Request;
}
