namespace BpfCore.Elf;

/// <summary>A function of a program or library.</summary>
internal readonly ref struct ElfFunctionSymbol
{
    /// <summary>Its name, in <c>.symtab</c> with a version behind it.</summary>
    public required ReadOnlySpan<byte> Name { get; init; }

    /// <summary>Its address in the program; of a library, from its start.</summary>
    public required ulong Address { get; init; }

    /// <summary>Whether a strong symbol of the name goes before it.</summary>
    public required bool IsWeak { get; init; }
}
