using BpfCore.Btf;

namespace BpfCore.Specs;

/// <summary>A symbol that an object uses and the kernel defines.</summary>
public sealed class ExternSpec
{
    internal ExternSpec(string name, ExternKind kind, bool isWeak, BtfTypeId typeId)
    {
        Name = name;
        Kind = kind;
        IsWeak = isWeak;
        TypeId = typeId;
    }

    /// <summary>Name in the source.</summary>
    public string Name { get; }

    /// <summary>What it stands for.</summary>
    public ExternKind Kind { get; }

    /// <summary>
    /// Whether the object works without it (<c>__weak</c>): its value or address is 0 then. An object with an extern
    /// that is not weak is refused where the kernel lacks it.
    /// </summary>
    public bool IsWeak { get; }

    /// <summary>
    /// BTF type in the object's BTF: that of a variable without qualifiers and typedefs, the prototype of a function.
    /// </summary>
    public BtfTypeId TypeId { get; }

    /// <summary>
    /// Position among the object's externs in libbpf's order: configuration values by alignment, size and name, then
    /// the kernel's symbols by name. The poison of a missing weak function names it.
    /// </summary>
    public int Index { get; internal set; }

    /// <summary>Form of a configuration value.</summary>
    internal ConfigurationKind Form { get; init; }

    /// <summary>Whether a configuration value is a signed integer.</summary>
    internal bool IsSigned { get; init; }

    /// <summary>Size of a configuration value in bytes.</summary>
    internal uint Size { get; init; }

    /// <summary>Alignment of a configuration value in bytes.</summary>
    internal uint Alignment { get; init; }

    /// <summary>Offset of a configuration value in <c>.kconfig</c>, in bytes.</summary>
    internal uint Offset { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"extern {Name}";
}
