using System.Text;

namespace BpfCore.Btf;

/// <summary>Types as text, in the very words of <c>bpftool btf dump file … format raw</c>.</summary>
public static class BtfFormatter
{
    /// <summary>Writes the types that a file itself holds, one record after the other, in id order.</summary>
    /// <param name="file">The file.</param>
    /// <param name="output">Receives the text; lines end in a newline character.</param>
    /// <exception cref="BpfFormatException">A type refers to a name or a variable that does not exist.</exception>
    public static void Write(BtfFile file, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(output);
        foreach (BtfType type in file.Types)
        {
            output.Write(Format(type));
            output.Write('\n');
        }
    }

    /// <summary>One type; elements follow on lines of their own that begin with a tab.</summary>
    /// <param name="type">The type.</param>
    /// <exception cref="BpfFormatException">It refers to a name or a variable that does not exist.</exception>
    public static string Format(BtfType type)
    {
        StringBuilder text = new();
        text.Append($"{type.Id} {type.Kind.Text()} {Quote(type.Name)}");
        AppendHead(text, type);
        AppendElements(text, type);
        return text.ToString();
    }

    private static void AppendHead(StringBuilder text, BtfType type) => _ = type.Kind switch
    {
        BtfKind.Int => AppendInt(text, type),
        BtfKind.Array => text.Append(
            $" type_id={type.Array.ElementTypeId.Value} index_type_id={type.Array.IndexTypeId.Value}"
            + $" nr_elems={type.Array.Count}"),
        BtfKind.Struct or BtfKind.Union or BtfKind.DataSection =>
            text.Append($" size={type.Size} vlen={type.ElementCount}"),
        BtfKind.Enum or BtfKind.Enum64 => text.Append(
            $" encoding={(type.KindFlag ? "SIGNED" : "UNSIGNED")} size={type.Size} vlen={type.ElementCount}"),
        BtfKind.Forward => text.Append($" fwd_kind={(type.KindFlag ? "union" : "struct")}"),
        BtfKind.Function => text.Append($" type_id={type.TargetId.Value} linkage={Text(type.FunctionLinkage)}"),
        BtfKind.FunctionPrototype => text.Append($" ret_type_id={type.TargetId.Value} vlen={type.ElementCount}"),
        BtfKind.Variable => text.Append($" type_id={type.TargetId.Value}, linkage={Text(type.VariableLinkage)}"),
        BtfKind.Float => text.Append($" size={type.Size}"),
        BtfKind.DeclarationTag =>
            text.Append($" type_id={type.TargetId.Value} component_idx={type.TagComponentIndex}"),
        _ => text.Append($" type_id={type.TargetId.Value}"),
    };

    private static StringBuilder AppendInt(StringBuilder text, BtfType type)
    {
        BtfIntEncoding encoding = type.IntEncoding;
        string name = (encoding.IsSigned, encoding.IsCharacter, encoding.IsBoolean) switch
        {
            (false, false, false) => "(none)",
            (true, false, false) => "SIGNED",
            (false, true, false) => "CHAR",
            (false, false, true) => "BOOL",
            _ => "UNKN",
        };
        return text.Append(
            $" size={type.Size} bits_offset={encoding.BitOffset} nr_bits={encoding.Bits} encoding={name}");
    }

    private static void AppendElements(StringBuilder text, BtfType type)
    {
        switch (type.Kind)
        {
            case BtfKind.Struct or BtfKind.Union:
                foreach (BtfMember member in type.Members)
                {
                    AppendMember(text, member);
                }

                break;
            case BtfKind.Enum or BtfKind.Enum64:
                foreach (BtfEnumValue value in type.EnumValues)
                {
                    text.Append($"\n\t{Quote(value.Name)} val={Text(value.Value, type)}");
                }

                break;
            case BtfKind.FunctionPrototype:
                foreach (BtfParameter parameter in type.Parameters)
                {
                    text.Append($"\n\t{Quote(parameter.Name)} type_id={parameter.TypeId.Value}");
                }

                break;
            case BtfKind.DataSection:
                foreach (BtfSectionVariable variable in type.SectionVariables)
                {
                    AppendVariable(text, variable);
                }

                break;
        }
    }

    private static void AppendMember(StringBuilder text, BtfMember member)
    {
        text.Append($"\n\t{Quote(member.Name)} type_id={member.TypeId.Value} bits_offset={member.BitOffset}");
        if (member.BitfieldSize != 0)
        {
            text.Append($" bitfield_size={member.BitfieldSize}");
        }
    }

    private static void AppendVariable(StringBuilder text, BtfSectionVariable variable)
    {
        text.Append($"\n\ttype_id={variable.TypeId.Value} offset={variable.Offset} size={variable.Size}");
        text.Append($" ({variable.Variable.Kind.Text()} {Quote(variable.Variable.Name)})");
    }

    // bpftool prints values of enum64 as C literals.
    private static string Text(ulong value, BtfType type) => (type.Kind, type.KindFlag) switch
    {
        (BtfKind.Enum64, true) => $"{unchecked((long)value)}LL",
        (BtfKind.Enum64, false) => $"{value}ULL",
        (_, true) => $"{unchecked((long)value)}",
        _ => $"{value}",
    };

    private static string Text(BtfLinkage linkage) => linkage switch
    {
        BtfLinkage.Static => "static",
        BtfLinkage.Global => "global",
        BtfLinkage.External => "extern",
        _ => "(unknown)",
    };

    private static string Quote(string name) => name.Length == 0 ? "'(anon)'" : $"'{name}'";
}
