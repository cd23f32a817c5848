namespace BpfCore.Links;

/// <summary>An argument of a USDT probe.</summary>
/// <param name="Kind">Where it is.</param>
/// <param name="Size">Its size in bytes: 1, 2, 4 or 8.</param>
/// <param name="IsSigned">Whether it is a signed number.</param>
/// <param name="Value">The constant, or the offset from the register, in bytes.</param>
/// <param name="Register">Offset of the register in <c>struct pt_regs</c>, in bytes.</param>
/// <param name="Index">Offset of the second register.</param>
/// <param name="ScaleShift">By how many bits the second register is shifted left: 0 to 3.</param>
internal readonly record struct UsdtArgument(
    UsdtArgumentKind Kind,
    int Size,
    bool IsSigned,
    long Value = 0,
    int Register = 0,
    int Index = 0,
    int ScaleShift = 0);
