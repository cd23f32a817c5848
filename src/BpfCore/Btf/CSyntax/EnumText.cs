using System.Text;

namespace BpfCore.Btf.CSyntax;

/// <summary>Enumerations with their values.</summary>
internal static class EnumText
{
    /// <summary>An enumeration from its keyword to its attributes, without a semicolon.</summary>
    /// <param name="type">The enumeration.</param>
    /// <param name="head">Keyword and tag.</param>
    /// <param name="names">Gives enumerators names that nothing else has.</param>
    /// <param name="indentation">What lines begin with.</param>
    public static string Define(BtfType type, string head, TypeNames names, string indentation)
    {
        if (type.ElementCount == 0)
        {
            return head;
        }

        StringBuilder text = new(head);
        text.Append(" {\n");
        foreach (BtfEnumValue value in type.EnumValues)
        {
            string name = names.ClaimIdentifier(value.Name);
            text.Append($"{indentation}\t{name} = {Literal(value.Value, type)},\n");
        }

        return text.Append(indentation).Append('}').Append(SizeAttribute(type)).ToString();
    }

    // Values above those of an int need a suffix, and the smallest number has no literal of its own.
    private static string Literal(ulong value, BtfType type)
    {
        if (!type.KindFlag)
        {
            return value > uint.MaxValue ? $"{value}ULL" : $"{value}";
        }

        long signed = unchecked((long)value);
        return signed switch
        {
            long.MinValue => "(-9223372036854775807LL - 1)",
            < int.MinValue or > int.MaxValue => $"{signed}LL",
            _ => $"{signed}",
        };
    }

    // Without an attribute C takes an int, or a long when a value needs one.
    private static string SizeAttribute(BtfType type) => type.Size switch
    {
        1 => " __attribute__((mode(byte)))",
        2 => " __attribute__((mode(HI)))",
        8 when !NeedsLong(type) => " __attribute__((mode(DI)))",
        _ => "",
    };

    private static bool NeedsLong(BtfType type)
    {
        bool hasNegative = false;
        bool hasUnsigned = false;
        foreach (BtfEnumValue value in type.EnumValues)
        {
            long signed = unchecked((long)value.Value);
            if (type.KindFlag ? signed is < int.MinValue or > uint.MaxValue : value.Value > uint.MaxValue)
            {
                return true;
            }

            hasNegative |= type.KindFlag && signed < 0;
            hasUnsigned |= signed > int.MaxValue;
        }

        return hasNegative && hasUnsigned;
    }
}
