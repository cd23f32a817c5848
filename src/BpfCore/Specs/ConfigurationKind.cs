namespace BpfCore.Specs;

/// <summary>What form of value an extern of <c>.kconfig</c> takes (libbpf's <c>enum kcfg_type</c>).</summary>
internal enum ConfigurationKind
{
    /// <summary><c>bool</c>: <c>y</c> or <c>n</c>.</summary>
    Boolean,

    /// <summary><c>enum libbpf_tristate</c>: <c>y</c>, <c>m</c> or <c>n</c>.</summary>
    Tristate,

    /// <summary>An integer of one byte: the letter itself, or a number.</summary>
    Character,

    /// <summary>An integer of 2, 4 or 8 bytes.</summary>
    Integer,

    /// <summary>An array of characters.</summary>
    Text,
}
