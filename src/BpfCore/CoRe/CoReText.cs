using System.Text;
using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>Paths and types as text, in the form of libbpf's <c>bpf_core_format_spec</c>.</summary>
internal static class CoReText
{
    /// <summary>Id, kind and name of a type: <c>[7] struct sock</c>.</summary>
    public static string Describe(BtfType type) => $"{type.Id} {Named(type)}";

    /// <summary>A path: <c>struct sock.__sk_common.skc_daddr (0:0:0 @ offset 0)</c>.</summary>
    public static string Describe(CoRePath path)
    {
        StringBuilder text = new(Named(path.Root));
        if (path.Kind.IsEnumValueBased())
        {
            AppendEnumValue(text, path);
        }
        else if (path.Kind.IsFieldBased())
        {
            AppendField(text, path);
        }

        return text.ToString();
    }

    /// <summary>A relocation's path as far as it can be told when it could not be resolved.</summary>
    public static string Describe(BtfFile types, in CoReRelocation relocation)
    {
        string accessor = Encoding.UTF8.GetString(types.StringBytes(relocation.AccessOffset));
        CoRePath path = new();
        try
        {
            CoRePathReader.Read(types, relocation, path);
            return $"{path.Root.Id} {Describe(path)}";
        }
        catch (CoReFault)
        {
            return $"{Describe(types[relocation.TypeId])} ({accessor})";
        }
    }

    /// <summary>What came of a relocation.</summary>
    public static string Describe(in CoReFixup fixup, PatchOutcome outcome, CoRePath? target)
    {
        string where = target is null ? "" : $": {target.Root.Id} {Describe(target)} of {target.File.Name}";
        return outcome switch
        {
            PatchOutcome.Poisoned => "poisoned: the target does not have it",
            PatchOutcome.PoisonedForSize => $"poisoned: {fixup.Old.Size} bytes became {fixup.New.Size}{where}",
            _ => $"{unchecked((long)fixup.Old.Number)} -> {unchecked((long)fixup.New.Number)}{where}",
        };
    }

    /// <summary>A list of candidates with the name of the BTF that they are from.</summary>
    public static string Describe(IReadOnlyList<BtfType> candidates)
    {
        StringBuilder text = new();
        foreach (BtfType candidate in candidates)
        {
            text.Append(text.Length == 0 ? "" : ", ").Append(Describe(candidate)).Append(" of ")
                .Append(candidate.File.Name);
        }

        return text.Length == 0 ? "none" : text.ToString();
    }

    private static string Named(BtfType type) => $"{Text(type.Kind)} {(type.IsAnonymous ? "<anon>" : type.Name)}";

    private static void AppendEnumValue(StringBuilder text, CoRePath path)
    {
        if (path.Steps.IsEmpty)
        {
            return;
        }

        CoReStep step = path.Steps[0];
        BtfType type = path.File[step.TypeId];
        BtfEnumValue value = type.EnumValues[step.Index];
        text.Append("::").Append(value.Name).Append(" = ");
        _ = type.KindFlag ? text.Append(unchecked((long)value.Value)) : text.Append(value.Value);
    }

    private static void AppendField(StringBuilder text, CoRePath path)
    {
        for (int i = 0; i < path.Steps.Length; i++)
        {
            CoReStep step = path.Steps[i];
            if (step.IsNamed)
            {
                text.Append('.').Append(path.File[step.TypeId].Members[step.Index].Name);
            }
            else if (i > 0 || step.Index > 0)
            {
                text.Append('[').Append(step.Index).Append(']');
            }
        }

        text.Append(" (");
        foreach (int index in path.Indexes)
        {
            text.Append(index).Append(':');
        }

        text.Length--;
        text.Append(" @ offset ").Append(path.BitOffset / 8);
        _ = path.BitOffset % 8 == 0 ? text : text.Append('.').Append(path.BitOffset % 8);
        text.Append(')');
    }

    private static string Text(BtfKind kind) => kind switch
    {
        BtfKind.Void => "void",
        BtfKind.Int => "int",
        BtfKind.Pointer => "ptr",
        BtfKind.Array => "array",
        BtfKind.Struct => "struct",
        BtfKind.Union => "union",
        BtfKind.Enum => "enum",
        BtfKind.Forward => "fwd",
        BtfKind.Typedef => "typedef",
        BtfKind.Volatile => "volatile",
        BtfKind.Const => "const",
        BtfKind.Restrict => "restrict",
        BtfKind.Function => "func",
        BtfKind.FunctionPrototype => "func_proto",
        BtfKind.Variable => "var",
        BtfKind.DataSection => "datasec",
        BtfKind.Float => "float",
        BtfKind.DeclarationTag => "decl_tag",
        BtfKind.TypeTag => "type_tag",
        BtfKind.Enum64 => "enum64",
        _ => "unknown",
    };
}
