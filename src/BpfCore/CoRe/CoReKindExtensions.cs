namespace BpfCore.CoRe;

/// <summary>The three families of relocation kinds, and the names that libbpf prints.</summary>
internal static class CoReKindExtensions
{
    public static bool IsFieldBased(this CoReRelocationKind kind) => kind <= CoReRelocationKind.FieldRightShift;

    public static bool IsTypeBased(this CoReRelocationKind kind) =>
        kind is (>= CoReRelocationKind.TypeIdLocal and <= CoReRelocationKind.TypeSize)
            or CoReRelocationKind.TypeMatches;

    public static bool IsEnumValueBased(this CoReRelocationKind kind) =>
        kind is CoReRelocationKind.EnumValueExists or CoReRelocationKind.EnumValue;

    /// <summary>The kind as libbpf's <c>core_relo_kind_str</c> names it.</summary>
    public static string Text(this CoReRelocationKind kind) => kind switch
    {
        CoReRelocationKind.FieldByteOffset => "byte_off",
        CoReRelocationKind.FieldByteSize => "byte_sz",
        CoReRelocationKind.FieldExists => "field_exists",
        CoReRelocationKind.FieldSigned => "signed",
        CoReRelocationKind.FieldLeftShift => "lshift_u64",
        CoReRelocationKind.FieldRightShift => "rshift_u64",
        CoReRelocationKind.TypeIdLocal => "local_type_id",
        CoReRelocationKind.TypeIdTarget => "target_type_id",
        CoReRelocationKind.TypeExists => "type_exists",
        CoReRelocationKind.TypeSize => "type_size",
        CoReRelocationKind.EnumValueExists => "enumval_exists",
        CoReRelocationKind.EnumValue => "enumval_value",
        CoReRelocationKind.TypeMatches => "type_matches",
        _ => $"unknown ({(uint)kind})",
    };
}
