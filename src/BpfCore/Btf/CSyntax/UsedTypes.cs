namespace BpfCore.Btf.CSyntax;

/// <summary>
/// Which types others refer to. An enumeration without a name that nothing refers to only names numbers; all others are
/// written where they are used.
/// </summary>
internal static class UsedTypes
{
    /// <summary>For each id whether a type of the file refers to it.</summary>
    public static bool[] Find(BtfFile file)
    {
        bool[] isUsed = new bool[file.TypeCount];
        foreach (BtfType type in file.Types)
        {
            Mark(type, isUsed);
        }

        return isUsed;
    }

    private static void Mark(BtfType type, bool[] isUsed)
    {
        switch (type.Kind)
        {
            case BtfKind.Struct or BtfKind.Union:
                foreach (BtfMember member in type.Members)
                {
                    Mark(member.TypeId, isUsed);
                }

                break;
            case BtfKind.FunctionPrototype:
                Mark(type.TargetId, isUsed);
                foreach (BtfParameter parameter in type.Parameters)
                {
                    Mark(parameter.TypeId, isUsed);
                }

                break;
            case BtfKind.Array:
                Mark(type.Array.ElementTypeId, isUsed);
                break;
            case BtfKind.Typedef or BtfKind.Pointer or BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict
                or BtfKind.TypeTag:
                Mark(type.TargetId, isUsed);
                break;
        }
    }

    private static void Mark(BtfTypeId id, bool[] isUsed)
    {
        if (id.Value < (uint)isUsed.Length)
        {
            isUsed[id.Value] = true;
        }
    }
}
