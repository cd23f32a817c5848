using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>Numbers about the field at the end of a path (libbpf's <c>bpf_core_calc_field_relo</c>).</summary>
internal static class CoReFieldValue
{
    // Arithmetic is that of libbpf, 32 bits without overflow checks: absurd layouts give equal absurd numbers.
    private const uint BitsPerByte = 8;
    private const uint RegisterBits = 64;

    public static CoReValue Of(CoRePath path, CoReRelocationKind kind)
    {
        CoReStep last = path.Steps[^1];
        return last.IsNamed
            ? OfMember(path, path.File[last.TypeId].Members[last.Index], kind)
            : OfElement(path, path.File[last.TypeId], kind);
    }

    private static CoReValue OfElement(CoRePath path, BtfType element, CoReRelocationKind kind)
    {
        uint size = CoRePath.SizeOf(element);
        return kind switch
        {
            CoReRelocationKind.FieldByteOffset =>
                new CoReValue(path.BitOffset / BitsPerByte, size, element, IsExpected: true),
            CoReRelocationKind.FieldByteSize => CoReValue.Plain(size),
            _ => throw new CoReFault("this kind cannot be applied to an array element, only to a named field"),
        };
    }

    private static CoReValue OfMember(CoRePath path, BtfMember member, CoReRelocationKind kind)
    {
        BtfType type = member.Type.SkipModifiersAndTypedefs();
        bool isBitfield = member.BitfieldSize > 0;
        (uint byteOffset, uint byteSize) = isBitfield
            ? FindLoad(path.BitOffset, member.BitfieldSize, type.Size)
            : (path.BitOffset / BitsPerByte, CoRePath.SizeOf(type));
        uint bitSize = isBitfield ? member.BitfieldSize : unchecked(byteSize * BitsPerByte);

        // The compiler may have chosen another load for a bitfield: only its sign and its width are beyond doubt.
        return kind switch
        {
            CoReRelocationKind.FieldByteOffset => isBitfield
                ? CoReValue.Plain(byteOffset, isExpected: false)
                : new CoReValue(byteOffset, byteSize, type, IsExpected: true),
            CoReRelocationKind.FieldByteSize => CoReValue.Plain(byteSize, !isBitfield),
            CoReRelocationKind.FieldSigned => CoReValue.Plain(IsSigned(type) ? 1u : 0u),
            CoReRelocationKind.FieldLeftShift => CoReValue.Plain(
                unchecked(RegisterBits - (path.BitOffset + bitSize - (byteOffset * BitsPerByte))), !isBitfield),
            CoReRelocationKind.FieldRightShift => CoReValue.Plain(unchecked(RegisterBits - bitSize)),
            _ => throw new CoReFault("this kind of relocation does not apply to fields"),
        };
    }

    // The smallest aligned load, not smaller than the declared type, that covers all bits of the field.
    private static (uint ByteOffset, uint ByteSize) FindLoad(uint bitOffset, uint bitSize, uint declaredSize)
    {
        if (declaredSize == 0)
        {
            throw new CoReFault("the bitfield is declared with a type of size 0");
        }

        for (uint byteSize = declaredSize; ; byteSize *= 2)
        {
            uint byteOffset = bitOffset / BitsPerByte / byteSize * byteSize;
            if (unchecked(bitOffset + bitSize - (byteOffset * BitsPerByte)) <= unchecked(byteSize * BitsPerByte))
            {
                return (byteOffset, byteSize);
            }

            if (byteSize >= sizeof(ulong))
            {
                throw new CoReFault("no 64-bit load covers all bits of the bitfield");
            }
        }
    }

    private static bool IsSigned(BtfType type) =>
        type.IsEnum ? type.KindFlag : type.Kind == BtfKind.Int && type.IntEncoding.IsSigned;
}
