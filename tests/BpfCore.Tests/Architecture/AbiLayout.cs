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
    private const string Attributes = "bpf_attr_";

    /// <summary>Every structure of the folder Abi that mirrors one of the kernel.</summary>
    public static IEnumerable<Type> Mirrors() =>
        typeof(bpf_attr_map_create).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(bpf_attr_map_create).Namespace && type.IsExplicitLayout);

    /// <summary>What differs, one line for each; empty when the mirror is right.</summary>
    public static List<string> Differences(Type mirror, BtfFile types)
    {
        (Dictionary<string, Place> original, uint originalSize) = Original(mirror, types);
        List<string> differences = [];
        foreach ((string name, Place mirrored) in Fields(mirror))
        {
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

    /// <summary>
    /// Where the mirror contradicts a kernel that is older than what it mirrors, one line for each: a field that the
    /// kernel has elsewhere. What it lacks is no contradiction, not even where the place is taken: it may be a union.
    /// </summary>
    public static List<string> Conflicts(Type mirror, BtfFile types)
    {
        if (!IsKnown(mirror, types))
        {
            return [];
        }

        Dictionary<string, Place> original = Original(mirror, types).Places;
        return
        [
            .. Fields(mirror)
                .Where(field => original.TryGetValue(field.Name, out Place expected) && expected != field.Place)
                .Select(field => $"{mirror.Name}.{field.Name}: kernel {original[field.Name]}, mirror {field.Place}"),
        ];
    }

    // The mirror joins all bit fields of perf_event_attr to one word; the kernel's first one marks its place.
    private static IEnumerable<(string Name, Place Place)> Fields(Type mirror) =>
        mirror.GetFields(BindingFlags.Public | BindingFlags.Instance).Select(field => (
            field.Name == "flag_bits" ? "disabled" : field.Name,
            new Place(field.GetCustomAttribute<FieldOffsetAttribute>()!.Value, SizeOf(field.FieldType))));

    private static int SizeOf(Type type) => (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!
        .MakeGenericMethod(type).Invoke(null, null)!;

    private static bool IsKnown(Type mirror, BtfFile types) =>
        mirror.Name.StartsWith(Attributes, StringComparison.Ordinal)
        || types.TryFind(mirror.Name, BtfKind.Struct, out _);

    private static (Dictionary<string, Place> Places, uint Size) Original(Type mirror, BtfFile types)
    {
        if (!mirror.Name.StartsWith(Attributes, StringComparison.Ordinal))
        {
            Assert.True(types.TryFind(mirror.Name, BtfKind.Struct, out BtfType type), $"no struct {mirror.Name}");
            return (Flatten(type), type.Size);
        }

        Assert.True(types.TryFind("bpf_attr", BtfKind.Union, out BtfType union), "no union bpf_attr");
        return (AttributePart(mirror, union), union.Size);
    }

    // Parts for older commands have no name: the one that has most of the mirror's fields is meant.
    private static Dictionary<string, Place> AttributePart(Type mirror, BtfType union)
    {
        string part = mirror.Name[Attributes.Length..];
        List<Dictionary<string, Place>> candidates = [];
        foreach (BtfMember member in union.Members)
        {
            if (member.Name == part)
            {
                return Flatten(member.Type);
            }

            if (member.IsAnonymous)
            {
                candidates.Add(Flatten(member.Type));
            }
        }

        return candidates.MaxBy(places => Fields(mirror).Count(field => places.ContainsKey(field.Name)))!;
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
