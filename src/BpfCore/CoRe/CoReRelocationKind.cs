namespace BpfCore.CoRe;

/// <summary>
/// What a CO-RE relocation asks of the target's types, with the kernel's numbers (<c>enum bpf_core_relo_kind</c>,
/// include/uapi/linux/bpf.h).
/// </summary>
public enum CoReRelocationKind : uint
{
    /// <summary><c>BPF_CORE_FIELD_BYTE_OFFSET</c>: offset of a field, in bytes.</summary>
    FieldByteOffset = 0,

    /// <summary><c>BPF_CORE_FIELD_BYTE_SIZE</c>: size of a field, in bytes; of a bitfield, that of its load.</summary>
    FieldByteSize = 1,

    /// <summary><c>BPF_CORE_FIELD_EXISTS</c>: 1 when the field exists, else 0.</summary>
    FieldExists = 2,

    /// <summary><c>BPF_CORE_FIELD_SIGNED</c>: 1 when the field is a signed number, else 0.</summary>
    FieldSigned = 3,

    /// <summary><c>BPF_CORE_FIELD_LSHIFT_U64</c>: bits to shift a loaded bitfield left, in a 64-bit register.</summary>
    FieldLeftShift = 4,

    /// <summary><c>BPF_CORE_FIELD_RSHIFT_U64</c>: bits to shift it right after that.</summary>
    FieldRightShift = 5,

    /// <summary><c>BPF_CORE_TYPE_ID_LOCAL</c>: id of the type in the object's own BTF.</summary>
    TypeIdLocal = 6,

    /// <summary><c>BPF_CORE_TYPE_ID_TARGET</c>: id of the type in the target's BTF, 0 when it is not there.</summary>
    TypeIdTarget = 7,

    /// <summary><c>BPF_CORE_TYPE_EXISTS</c>: 1 when a compatible type exists, else 0.</summary>
    TypeExists = 8,

    /// <summary><c>BPF_CORE_TYPE_SIZE</c>: size of the type in bytes, 0 when it is not there.</summary>
    TypeSize = 9,

    /// <summary><c>BPF_CORE_ENUMVAL_EXISTS</c>: 1 when the enumeration has the value's name, else 0.</summary>
    EnumValueExists = 10,

    /// <summary><c>BPF_CORE_ENUMVAL_VALUE</c>: the number behind an enumeration value's name.</summary>
    EnumValue = 11,

    /// <summary><c>BPF_CORE_TYPE_MATCHES</c>: 1 when a type of the same shape exists, else 0.</summary>
    TypeMatches = 12,
}
