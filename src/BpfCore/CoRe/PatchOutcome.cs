namespace BpfCore.CoRe;

/// <summary>How an instruction came out of a relocation.</summary>
internal enum PatchOutcome
{
    /// <summary>It holds the new value.</summary>
    Patched,

    /// <summary>It was made invalid, because the target does not have what it asks for.</summary>
    Poisoned,

    /// <summary>It was made invalid, because the field has another size and is neither pointer nor unsigned.</summary>
    PoisonedForSize,
}
