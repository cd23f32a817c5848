using System.Text;

namespace BpfCore.Btf.CSyntax;

/// <summary>Structures and unions with their members where the BTF has them.</summary>
internal sealed class CompositeText(WriterLimits limits)
{
    private readonly TypeLayout _layout = new(limits);

    /// <summary>A structure or union from its keyword to its attributes, without a semicolon.</summary>
    /// <param name="declarations">Declares the members.</param>
    /// <param name="type">The structure or union.</param>
    /// <param name="head">Keyword and tag.</param>
    /// <param name="indentation">What lines begin with.</param>
    /// <param name="level">Depth of the type in others.</param>
    public string Define(DeclarationText declarations, BtfType type, string head, string indentation, int level)
    {
        bool isPacked = _layout.IsPacked(type);
        StringBuilder text = new(head);
        text.Append(" {\n");
        string inner = $"{indentation}\t";
        ulong end = 0;
        foreach (BtfMember member in type.Members)
        {
            MemberPlace place = _layout.PlaceOf(member);
            if (type.Kind == BtfKind.Struct)
            {
                AppendGap(text, inner, end, place, isPacked);
            }

            AppendMember(text, declarations, member, place, inner, level);
            end = Math.Max(end, place.End);
        }

        AppendEnd(text, type, inner, end);
        return text.Append(indentation).Append('}').Append(isPacked ? " __attribute__((packed))" : "").ToString();
    }

    private static void AppendGap(
        StringBuilder text, string indentation, ulong end, in MemberPlace place, bool isPacked)
    {
        if (place.NaturalOffset(end, isPacked) != place.BitOffset)
        {
            Padding.Append(text, indentation, end, place.BitOffset);
        }
    }

    private void AppendMember(
        StringBuilder text,
        DeclarationText declarations,
        BtfMember member,
        in MemberPlace place,
        string indentation,
        int level)
    {
        BtfType type = member.Type;
        string declaration = member.IsAnonymous && type.SkipModifiersAndTypedefs() is { IsComposite: true } composite
            ? Define(declarations, composite, TypeNames.Keyword(composite), indentation, level + 1)
            : declarations.Declare(type, TypeNames.Identifier(member.Name), indentation, level + 1);
        text.Append(indentation).Append(declaration);
        _ = place.IsBitfield ? text.Append(": ").Append(place.BitSize) : text;
        text.Append(";\n");
    }

    // Members of a union all begin at its start: only a structure within can make it larger than they are.
    private void AppendEnd(StringBuilder text, BtfType type, string indentation, ulong end)
    {
        ulong size = type.Size * 8UL;
        if (MemberPlace.RoundUp(end, _layout.AlignmentOf(type) * 8) >= size)
        {
            return;
        }

        if (type.Kind == BtfKind.Struct)
        {
            Padding.Append(text, indentation, end, size);
            return;
        }

        text.Append(indentation).Append("struct {\n");
        Padding.Append(text, $"{indentation}\t", 0, size);
        text.Append(indentation).Append("};\n");
    }
}
