using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>CO-RE relocation records as text, in the words of libbpf's debug output.</summary>
public static class CoReFormatter
{
    /// <summary>
    /// What a record asks for: kind, then the path into the object's types with its indexes and offset, for example
    /// <c>byte_off [7] struct sock.__sk_common.skc_daddr (0:0:0:1:0 @ offset 0)</c>.
    /// </summary>
    /// <param name="types">The object's BTF.</param>
    /// <param name="records">A group of <see cref="BtfExt.CoReRelocations"/>.</param>
    /// <param name="index">Position of the record in the group, from 0.</param>
    /// <exception cref="BpfFormatException">The record names a type or a string that does not exist.</exception>
    public static string Format(BtfFile types, BtfExtSection records, int index)
    {
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(records);
        CoReRelocation relocation = CoReRelocation.Decode(records[index]);
        return $"{relocation.Kind.Text()} {CoReText.Describe(types, relocation)}";
    }
}
