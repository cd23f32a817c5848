using BpfCore.Btf;
using BpfCore.CoRe;

namespace BpfCore.Linking;

/// <summary>Tells what a declaration in an object and the kernel disagree about.</summary>
internal static class SignatureDifference
{
    /// <summary>The first difference, from the view of an object that declares a function of the kernel.</summary>
    /// <param name="local">Prototype that the object declares.</param>
    /// <param name="kernel">Prototype in the kernel.</param>
    public static string Describe(BtfType local, BtfType kernel)
    {
        if (local.Kind != BtfKind.FunctionPrototype || kernel.Kind != BtfKind.FunctionPrototype)
        {
            return $"it is declared as {Describe(local)}, but is {Describe(kernel)}";
        }

        if (local.Parameters.Count != kernel.Parameters.Count)
        {
            return $"it takes {kernel.Parameters.Count} parameters, the object declares {local.Parameters.Count}";
        }

        for (int index = 0; index < local.Parameters.Count; index++)
        {
            BtfType declared = local.Parameters[index].Type;
            BtfType actual = kernel.Parameters[index].Type;
            if (!AreCompatible(declared, actual))
            {
                return $"its parameter {index + 1} is {Describe(actual)}, the object declares {Describe(declared)}";
            }
        }

        return $"it returns {Describe(kernel.Target)}, the object declares {Describe(local.Target)}";
    }

    /// <summary>Whether the kernel's type may stand for the object's, as for <c>bpf_core_type_exists</c>.</summary>
    public static bool AreCompatible(BtfType local, BtfType kernel)
    {
        try
        {
            return CoReCompatibility.AreTypesCompatible(
                local.SkipModifiersAndTypedefs(), kernel.SkipModifiersAndTypedefs());
        }
        catch (CoReFault)
        {
            return false; // nested too deeply to tell; libbpf counts that as a difference
        }
    }

    /// <summary>A type in the words of C, without what it is made of.</summary>
    public static string Describe(BtfType type)
    {
        type = type.SkipModifiersAndTypedefs();
        string name = type.IsAnonymous ? "(anonymous)" : type.Name;
        return type.Kind switch
        {
            BtfKind.Void => "void",
            BtfKind.Int or BtfKind.Float => name,
            BtfKind.Struct => $"struct {name}",
            BtfKind.Union => $"union {name}",
            BtfKind.Enum or BtfKind.Enum64 => $"enum {name}",
            BtfKind.Forward => $"struct {name} (declared only, not defined)",
            BtfKind.Pointer => $"pointer to {Pointee(type)}",
            _ => type.Kind.ToString(),
        };
    }

    // One level: what a pointer points to may point back.
    private static string Pointee(BtfType pointer)
    {
        BtfType target = pointer.Target.SkipModifiersAndTypedefs();
        return target.Kind == BtfKind.Pointer ? "pointer" : Describe(target);
    }
}
