namespace BpfCore.Links;

/// <summary>Which cgroups an iterator shows (<c>enum bpf_cgroup_iter_order</c>).</summary>
public enum CgroupOrder
{
    /// <summary>The given one only.</summary>
    SelfOnly = 1,

    /// <summary>It and all below it, each before those below it.</summary>
    DescendantsFirstToLast = 2,

    /// <summary>It and all below it, each behind those below it.</summary>
    DescendantsLastToFirst = 3,

    /// <summary>It and all above it up to the root.</summary>
    Ancestors = 4,
}
