using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>The number that a relocation kind gives for a path.</summary>
/// <param name="Number">The number; negative ones in two's complement.</param>
/// <param name="Size">
/// For the offset of a field that is no bitfield: its size in bytes, to which a load or store is adjusted. Else 0.
/// </param>
/// <param name="Type">The type that <paramref name="Size"/> belongs to; default when that is 0.</param>
/// <param name="IsExpected">
/// True when the compiler must have put the local number into the instruction, so that finding another one there means
/// damage.
/// </param>
internal readonly record struct CoReValue(ulong Number, uint Size, BtfType Type, bool IsExpected)
{
    /// <summary>The number of a path. Null asks for that of a target which was not found.</summary>
    /// <returns>Null when there is no number without a target: the instruction gets poisoned.</returns>
    /// <exception cref="CoReFault">The kind does not apply to such a path.</exception>
    public static CoReValue? Of(CoRePath? path, CoReRelocationKind kind) => kind switch
    {
        CoReRelocationKind.FieldExists or CoReRelocationKind.EnumValueExists or CoReRelocationKind.TypeExists
            or CoReRelocationKind.TypeMatches => Plain(path is null ? 0u : 1u),
        CoReRelocationKind.TypeSize => Plain(path is null ? 0 : CoRePath.SizeOf(path.Root)),
        // A linker may have renumbered the types after the compiler wrote the instruction.
        CoReRelocationKind.TypeIdTarget => Plain(path?.Root.Id.Value ?? 0, isExpected: path is null),
        CoReRelocationKind.EnumValue => path is null ? null : Plain(EnumValue(path)),
        _ => path is null ? null : CoReFieldValue.Of(path, kind),
    };

    public static CoReValue Plain(ulong number, bool isExpected = true) => new(number, 0, default, isExpected);

    // Values of struct btf_enum are signed 32-bit numbers to libbpf, whatever the enumeration says of itself.
    private static ulong EnumValue(CoRePath path)
    {
        CoReStep step = path.Steps[0];
        BtfType type = path.File[step.TypeId];
        ulong value = type.EnumValues[step.Index].Value;
        return type.Kind == BtfKind.Enum ? unchecked((ulong)(int)value) : value;
    }
}
