namespace BpfCore.Btf;

/// <summary>
/// What kernels learnt to read in BTF one after the other; the oldest ones with BTF (4.18) know none of it.
/// </summary>
[Flags]
internal enum BtfFeatures
{
    None = 0,

    /// <summary><c>BTF_KIND_FUNC</c> and <c>BTF_KIND_FUNC_PROTO</c> (5.0).</summary>
    Functions = 1 << 0,

    /// <summary><c>BTF_KIND_VAR</c> and <c>BTF_KIND_DATASEC</c> (5.2).</summary>
    DataSections = 1 << 1,

    /// <summary>A linkage other than static in <c>BTF_KIND_FUNC</c> (5.6).</summary>
    GlobalFunctions = 1 << 2,

    /// <summary><c>BTF_KIND_FLOAT</c> (5.13).</summary>
    Floats = 1 << 3,

    /// <summary><c>BTF_KIND_DECL_TAG</c> (5.16).</summary>
    DeclarationTags = 1 << 4,

    /// <summary><c>BTF_KIND_TYPE_TAG</c> (5.17).</summary>
    TypeTags = 1 << 5,

    /// <summary>
    /// <c>BTF_KIND_ENUM64</c>, and <c>kind_flag</c> on enumerations, which one kernel commit brought together (6.0).
    /// </summary>
    Enum64 = 1 << 6,

    /// <summary>Names of data sections that begin with <c>?</c> (6.9).</summary>
    OptionalSections = 1 << 7,

    /// <summary>Everything that clang writes and this library reads.</summary>
    All = Functions | DataSections | GlobalFunctions | Floats | DeclarationTags | TypeTags | Enum64 | OptionalSections,
}
