using BpfCore.Btf;

namespace BpfCore.Tests.Hostile;

/// <summary>Looks at everything that a BTF file offers.</summary>
internal static class BtfWalk
{
    public static void Everything(BtfFile file)
    {
        Structure(file);
        foreach (BtfType type in file.Types)
        {
            Text(type);
        }

        Refusal.IsNone(() => CHeaderWriter.Write(file, TextWriter.Null));
    }

    /// <summary>Everything but the text, which for a kernel takes more memory than the types.</summary>
    public static void Structure(BtfFile file)
    {
        foreach (BtfType type in file.Types)
        {
            Structure(type);
            Refusal.IsNone(() => _ = file.TryFind(type.NameBytes, type.Kind, out _));
        }

        Refusal.IsNone(() => BtfSanitizer.Sanitize(file, BtfFeatures.None));
    }

    /// <summary>What can be computed from a type.</summary>
    public static void Structure(BtfType type)
    {
        Refusal.IsNone(() => _ = type.TryResolveSize(out _));
        Refusal.IsNone(() => _ = type.SkipModifiersAndTypedefs());
        Refusal.IsNone(() => _ = type.SkipModifiers().Equals(type));
        Refusal.IsNone(() => Elements(type));
    }

    /// <summary>A type with its name and elements as text.</summary>
    public static void Text(BtfType type) => Refusal.IsNone(() => _ = BtfFormatter.Format(type) + type);

    private static void Elements(BtfType type)
    {
        switch (type.Kind)
        {
            case BtfKind.Struct or BtfKind.Union:
                foreach (BtfMember member in type.Members)
                {
                    _ = member.Type.Kind;
                }

                break;
            case BtfKind.FunctionPrototype:
                foreach (BtfParameter parameter in type.Parameters)
                {
                    _ = parameter.Type.Kind;
                }

                break;
            case BtfKind.DataSection:
                foreach (BtfSectionVariable variable in type.SectionVariables)
                {
                    _ = variable.Variable.Kind;
                }

                break;
            case BtfKind.Array:
                _ = type.File[type.Array.ElementTypeId] == type.File[type.Array.IndexTypeId];
                break;
        }
    }
}
