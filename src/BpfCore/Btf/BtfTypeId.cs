namespace BpfCore.Btf;

/// <summary>Number of a type in a <see cref="BtfFile"/>; 0 is <c>void</c>.</summary>
/// <param name="Value">The number as BTF stores it.</param>
public readonly record struct BtfTypeId(uint Value)
{
    /// <summary>The type <c>void</c>.</summary>
    public static BtfTypeId Void => default;

    /// <summary>True for <c>void</c>.</summary>
    public bool IsVoid => Value == 0;

    /// <inheritdoc/>
    public override string ToString() => $"[{Value}]";
}
