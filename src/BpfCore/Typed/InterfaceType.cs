using BpfCore.Btf;

namespace BpfCore.Typed;

/// <summary>A structure, union or enumeration that user space shares with the programs of an object.</summary>
public sealed class InterfaceType
{
    internal InterfaceType(string name, string label, BtfType type, InterfaceTypeRole role)
    {
        Name = name;
        Label = label;
        Type = type;
        Role = role;
    }

    /// <summary>
    /// Name as in C, or that of a typedef; of a type without any, the way to it: <c>start.value</c>,
    /// <c>event.address</c>.
    /// </summary>
    public string Name { get; }

    /// <summary>Kind and name, unique in the object: <c>struct event</c>, <c>union (start.value)</c>.</summary>
    public string Label { get; }

    /// <summary>The type.</summary>
    public BtfType Type { get; }

    /// <summary>What it is there for.</summary>
    public InterfaceTypeRole Role { get; }

    /// <summary>Fields of a structure or union in the order of their declaration.</summary>
    /// <exception cref="InvalidOperationException">It is an enumeration.</exception>
    /// <exception cref="BpfFormatException">The type is damaged.</exception>
    public IReadOnlyList<InterfaceField> Fields => field ??= FieldReader.Read(Type);

    /// <inheritdoc/>
    public override string ToString() => Label;
}
