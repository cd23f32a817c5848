using BpfCore.Btf;

namespace BpfDump.Tests.Types;

/// <summary>Compares a structure of BTF with what clang made of its declaration.</summary>
internal static class LayoutComparison
{
    /// <summary>The first difference, or null.</summary>
    public static string? Compare(BtfType original, BtfType compiled)
    {
        if (original.Size != compiled.Size)
        {
            return $"size {compiled.Size}, expected {original.Size}";
        }

        string expected = string.Join(' ', Flatten(original, 0));
        string actual = string.Join(' ', Flatten(compiled, 0));
        return expected == actual ? null : $"has {actual}, expected {expected}";
    }

    // Members of what has no name belong to the structure around it; that is how C finds them.
    private static IEnumerable<string> Flatten(BtfType composite, uint start)
    {
        foreach (BtfMember member in composite.Members)
        {
            uint offset = start + member.BitOffset;
            BtfType type = member.Type.SkipModifiersAndTypedefs();
            if (member.IsAnonymous && type.IsComposite)
            {
                foreach (string inner in Flatten(type, offset))
                {
                    yield return inner;
                }
            }
            else
            {
                uint size = type.TryResolveSize(out uint bytes) ? bytes : 0;
                yield return $"{member.Name}@{offset}:{member.BitfieldSize}/{size}/{Kind(type)}";
            }
        }
    }

    // Widths of enumerations decide the kind that the compiler uses.
    private static BtfKind Kind(BtfType type) => type.Kind == BtfKind.Enum64 ? BtfKind.Enum : type.Kind;
}
