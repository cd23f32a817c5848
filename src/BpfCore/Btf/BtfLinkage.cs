namespace BpfCore.Btf;

/// <summary>Linkage of functions and variables (<c>enum btf_func_linkage</c>, <c>BTF_VAR_*</c>).</summary>
public enum BtfLinkage : uint
{
    /// <summary><c>BTF_FUNC_STATIC</c>, <c>BTF_VAR_STATIC</c>.</summary>
    Static = 0,

    /// <summary><c>BTF_FUNC_GLOBAL</c>, <c>BTF_VAR_GLOBAL_ALLOCATED</c>.</summary>
    Global = 1,

    /// <summary><c>BTF_FUNC_EXTERN</c>, <c>BTF_VAR_GLOBAL_EXTERN</c>.</summary>
    External = 2,
}
