using BpfCore.Btf;

namespace BpfCore.CoRe;

/// <summary>What a relocation does to its instruction (libbpf's <c>struct bpf_core_relo_res</c>).</summary>
internal readonly record struct CoReFixup
{
    private const uint EncodingMask = 0x0F00_0000;
    private const uint SignedEncoding = 0x0100_0000;

    public CoReFixup(CoReValue old, CoReValue replacement, bool isPoison)
    {
        Old = old;
        New = replacement;
        IsPoison = isPoison;
    }

    /// <summary>The number that the compiler wrote, with the size of its field.</summary>
    public CoReValue Old { get; }

    /// <summary>The number that replaces it.</summary>
    public CoReValue New { get; }

    /// <summary>True when the instruction must never run, because the target does not have what it asks for.</summary>
    public bool IsPoison { get; }

    /// <summary>True when a load or store has to change its size together with its offset.</summary>
    public bool ChangesSize => Old.Size != New.Size;

    /// <summary>
    /// True when a load or store of the other size would give a wrong value. Only pointers and unsigned integers keep
    /// theirs, because loads fill the register with zeros.
    /// </summary>
    public bool BreaksMemoryAccess => ChangesSize && !CanResize(Old, New);

    /// <summary>The id of a local type: it stays as it is, and what the instruction held does not matter.</summary>
    public static CoReFixup ForLocalTypeId(BtfTypeId id)
    {
        CoReValue value = CoReValue.Plain(id.Value, isExpected: false);
        return new CoReFixup(value, value, isPoison: false);
    }

    /// <summary>The change from a local path to a target's.</summary>
    /// <param name="local">The path in the object's own types.</param>
    /// <param name="target">The path in the target, or null when no candidate has it.</param>
    /// <exception cref="CoReFault">The kind does not apply to such a path.</exception>
    public static CoReFixup Of(CoRePath local, CoRePath? target)
    {
        // Without its own path an existence test would be 0 and others absent; the local path always is there.
        CoReValue old = CoReValue.Of(local, local.Kind)!.Value;
        CoReValue? replacement = CoReValue.Of(target, local.Kind);
        return new CoReFixup(old, replacement.GetValueOrDefault(), isPoison: replacement is null);
    }

    private static bool CanResize(CoReValue old, CoReValue replacement)
    {
        // A bitfield has no size of its own here: going to or from one needs other instructions.
        if (old.Size == 0 || replacement.Size == 0)
        {
            return false;
        }

        return (old.Type.Kind, replacement.Type.Kind) switch
        {
            (BtfKind.Pointer, BtfKind.Pointer) => true,
            (BtfKind.Int, BtfKind.Int) => IsUnsigned(old.Type) && IsUnsigned(replacement.Type),
            _ => false,
        };
    }

    // Characters and booleans count as unsigned, also signed ones: libbpf compares the whole encoding.
    private static bool IsUnsigned(BtfType type) => (type.IntEncoding.Word & EncodingMask) != SignedEncoding;
}
