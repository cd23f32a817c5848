using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Btf;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.Tests.Architecture;

/// <summary>Compares the mirrors of kernel structures with what BTF says about the originals.</summary>
internal static class AbiLayout
{
    /// <summary>Every structure of the folder Abi that mirrors one of the kernel.</summary>
    public static IEnumerable<Type> Mirrors() =>
        typeof(bpf_attr_map_create).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(bpf_attr_map_create).Namespace && type.IsExplicitLayout);

    /// <summary>What differs, one line for each; empty when the mirror is right.</summary>
    public static List<string> Differences(Type mirror, BtfFile types)
    {
        (Dictionary<string, Place> original, uint originalSize) = Original(mirror, types);
        List<string> differences = [];
        foreach (FieldInfo field in mirror.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            Place mirrored = new(
                field.GetCustomAttribute<FieldOffsetAttribute>()!.Value, SizeOf(field.FieldType));
            // The mirror joins all bit fields of perf_event_attr to one word; the kernel's first one marks its place.
            string name = field.Name == "flag_bits" ? "disabled" : field.Name;
            if (!original.TryGetValue(name, out Place expected) || expected != mirrored)
            {
                differences.Add($"{mirror.Name}.{name}: kernel {expected}, mirror {mirrored}");
            }
        }

        int size = SizeOf(mirror);
        if (size > originalSize)
        {
            differences.Add($"{mirror.Name}: kernel has {originalSize} bytes, mirror {size}");
        }

        return differences;
    }

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!
        .MakeGenericMethod(type).Invoke(null, null)!;

    private static (Dictionary<string, Place> Places, uint Size) Original(Type mirror, BtfFile types)
    {
        const string Attributes = "bpf_attr_";
        if (!mirror.Name.StartsWith(Attributes, StringComparison.Ordinal))
        {
            Assert.True(types.TryFind(mirror.Name, BtfKind.Struct, out BtfType type), $"no struct {mirror.Name}");
            return (Flatten(type), type.Size);
        }

        Assert.True(types.TryFind("bpf_attr", BtfKind.Union, out BtfType union), "no union bpf_attr");
        string part = mirror.Name[Attributes.Length..];
        string[] fields = [.. mirror.GetFields().Select(field => field.Name)];
        foreach (BtfMember member in union.Members)
        {
            // Parts for older commands have no name: the one with all the fields of the mirror is meant.
            Dictionary<string, Place> places = Flatten(member.Type);
            if (member.Name == part || (member.IsAnonymous && fields.All(places.ContainsKey)))
            {
                return (places, union.Size);
            }
        }

        throw new InvalidOperationException($"no part of union bpf_attr has all the fields of {mirror.Name}");
    }

    private static Dictionary<string, Place> Flatten(BtfType type)
    {
        Dictionary<string, Place> places = new(StringComparer.Ordinal);
        Flatten(type, 0, places);
        return places;
    }

    private static void Flatten(BtfType type, int offset, Dictionary<string, Place> places)
    {
        foreach (BtfMember member in type.Members)
        {
            int start = offset + (int)(member.BitOffset / 8);
            if (member.IsAnonymous)
            {
                Flatten(member.Type.SkipModifiersAndTypedefs(), start, places);
            }
            else
            {
                places.TryAdd(member.Name, new Place(start, (int)member.Type.ResolveSize()));
            }
        }
    }

    /// <summary>Where a field lies, in bytes.</summary>
    private readonly record struct Place(int Offset, int Size);
}
