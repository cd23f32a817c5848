using BpfCore.Btf;
using BpfCore.CoRe;

namespace BpfCore.Tests.CoRe;

/// <summary>An object's types and a kernel's, made by hand, and relocations from one to the other.</summary>
internal sealed class CoReCase
{
    private static readonly string[] s_usualAccesses =
    [
        "0", "1", "2", "0:0", "0:1", "0:2", "0:3", "1:1", "0:0:0", "0:0:1", "0:0:2", "0:1:0", "0:1:1", "0:1:2", "0:1:9",
        "0:0:1:1", "0:1:1:0",
    ];

    private CoReResolver? _resolver;

    public CoReCase()
    {
        foreach (string access in s_usualAccesses)
        {
            Local.String(access);
        }
    }

    public BtfBuilder Local { get; } = new();

    public BtfBuilder Target { get; } = new();

    /// <summary>The types of modules, or null to relocate against types that a user gave.</summary>
    public Func<IReadOnlyList<BtfFile>>? Modules { get; init; }

    /// <summary>Resolves a relocation with the candidates that earlier ones have left. Fixes the types.</summary>
    public CoReFixup Resolve(CoReRelocationKind kind, uint type, string access)
    {
        CoReRelocation relocation = new(0, new BtfTypeId(type), Local.String(access), kind);
        _resolver ??= new CoReResolver(Local.Build("object"), Targets());
        return _resolver.Resolve(relocation);
    }

    /// <summary>The new number of a relocation that must find its target.</summary>
    public ulong Number(CoReRelocationKind kind, uint type, string access)
    {
        CoReFixup fixup = Resolve(kind, type, access);
        Xunit.Assert.False(fixup.IsPoison);
        return fixup.New.Number;
    }

    /// <summary>Offset of a field in bytes, or null when the relocation would be poisoned.</summary>
    public ulong? Offset(uint type, string access)
    {
        CoReFixup fixup = Resolve(CoReRelocationKind.FieldByteOffset, type, access);
        return fixup.IsPoison ? null : fixup.New.Number;
    }

    /// <summary>Whether a type, field or enumeration value exists.</summary>
    public bool Exists(CoReRelocationKind kind, uint type, string access = "0") => Number(kind, type, access) == 1;

    private CoReTargets Targets()
    {
        BtfFile types = Target.Build("vmlinux");
        return Modules is null ? new CoReTargets(types) : new CoReTargets(() => types, Modules);
    }
}
