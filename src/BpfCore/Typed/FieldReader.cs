using BpfCore.Btf;

namespace BpfCore.Typed;

/// <summary>Reads the fields of a composite type, those of its anonymous members included.</summary>
internal static class FieldReader
{
    // Real structures nest a handful of anonymous members; this only ends the loops of damaged data.
    private const int MaximumDepth = 32;

    // As many as one structure can declare; anonymous members of damaged data multiply.
    private const int MaximumCount = ushort.MaxValue;

    public static IReadOnlyList<InterfaceField> Read(BtfType composite)
    {
        List<InterfaceField> fields = [];
        Add(fields, composite, start: 0, depth: 0);
        return fields;
    }

    private static void Add(List<InterfaceField> fields, BtfType composite, uint start, int depth)
    {
        if (depth > MaximumDepth || fields.Count > MaximumCount)
        {
            throw composite.Error("its anonymous members nest too deeply or are too many");
        }

        foreach (BtfMember member in composite.Members)
        {
            uint offset = Sum(composite, start, member.BitOffset);
            if (!member.IsAnonymous)
            {
                fields.Add(Field(composite, member, offset));
            }
            else if (member.Type.SkipModifiersAndTypedefs() is { IsComposite: true } inner)
            {
                Add(fields, inner, offset, depth + 1);
            }
        }
    }

    private static InterfaceField Field(BtfType composite, BtfMember member, uint offset)
    {
        BtfType resolved = member.Type.SkipModifiersAndTypedefs();
        if (member.BitfieldSize > 0 || resolved.Kind != BtfKind.Int)
        {
            return new InterfaceField(member.Name, member.Type, offset, member.BitfieldSize);
        }

        // Bitfields of the time before BTF had a better way to tell them: the integer's encoding has their size.
        BtfIntEncoding encoding = resolved.IntEncoding;
        return encoding.Bits < (ulong)resolved.Size * 8
            ? new InterfaceField(
                member.Name, member.Type, Sum(composite, offset, encoding.BitOffset), encoding.Bits)
            : new InterfaceField(member.Name, member.Type, offset, 0);
    }

    private static uint Sum(BtfType composite, uint start, uint offset)
    {
        ulong sum = (ulong)start + offset;
        return sum <= uint.MaxValue ? (uint)sum : throw composite.Error("the offset of a member overflows");
    }
}
