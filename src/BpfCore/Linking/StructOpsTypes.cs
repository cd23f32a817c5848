using System.Text;
using BpfCore.Btf;
using BpfCore.CoRe;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>What a kernel has for operations of one kind (libbpf's <c>find_struct_ops_kern_types</c>).</summary>
/// <param name="Type">The structure itself, for example <c>tcp_congestion_ops</c>.</param>
/// <param name="ValueType">The structure <c>bpf_struct_ops_NAME</c> around it.</param>
/// <param name="DataOffset">Where in that the structure lies, in bytes.</param>
/// <param name="Module">The types of the module that has both; null for the kernel itself.</param>
internal readonly record struct StructOpsTypes(BtfType Type, BtfType ValueType, uint DataOffset, BtfFile? Module)
{
    // STRUCT_OPS_VALUE_PREFIX of kernel/bpf/bpf_struct_ops.c
    private const string ValuePrefix = "bpf_struct_ops_";

    /// <summary>Finds the types in the kernel, then in its modules.</summary>
    /// <exception cref="KernelFeatureException">The kernel has no such operations.</exception>
    public static StructOpsTypes Find(StructOpsSpec operations, CoReTargets targets)
    {
        string name = Encoding.UTF8.GetString(BtfName.Essential(operations.Type.NameBytes));
        (BtfType value, BtfFile? module) = FindValue(operations, targets, name);
        if (!value.File.TryFind(name, BtfKind.Struct, out BtfType type))
        {
            throw Missing(operations, $"has no struct {name}");
        }

        foreach (BtfMember member in value.Members)
        {
            if (member.TypeId == type.Id)
            {
                return new StructOpsTypes(type, value, member.BitOffset / 8, module);
            }
        }

        throw Missing(operations, $"has a struct {ValuePrefix}{name} without a struct {name} in it");
    }

    /// <summary>The kernel's member of a name, with its index; null when it has none.</summary>
    public (BtfMember Member, int Index)? FindMember(ReadOnlySpan<byte> name)
    {
        BtfElementList<BtfMember> members = Type.Members;
        for (int index = 0; index < members.Count; index++)
        {
            if (members[index].NameBytes.SequenceEqual(name))
            {
                return (members[index], index);
            }
        }

        return null;
    }

    private static (BtfType Value, BtfFile? Module) FindValue(
        StructOpsSpec operations, CoReTargets targets, string name)
    {
        if (!targets.HasMain)
        {
            throw Missing(operations, "gives no BTF; it needs CONFIG_DEBUG_INFO_BTF");
        }

        if (targets.Main.TryFind(ValuePrefix + name, BtfKind.Struct, out BtfType value))
        {
            return (value, null);
        }

        foreach (BtfFile module in targets.Modules)
        {
            if (module.TryFind(ValuePrefix + name, BtfKind.Struct, out value))
            {
                return (value, module);
            }
        }

        throw Missing(operations, $"has no struct {ValuePrefix}{name}, neither itself nor in a loaded module");
    }

    private static KernelFeatureException Missing(StructOpsSpec operations, string problem) =>
        new(operations.ToString(), $"the kernel {problem}");
}
