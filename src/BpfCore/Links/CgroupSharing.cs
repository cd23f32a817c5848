namespace BpfCore.Links;

/// <summary>How a program that is attached to a cgroup without a link lives with others.</summary>
public enum CgroupSharing
{
    /// <summary>It is the only one, in this cgroup and below.</summary>
    Exclusive = 0,

    /// <summary>A cgroup below may put one in its place (<c>BPF_F_ALLOW_OVERRIDE</c>).</summary>
    Overridable = 1 << 0,

    /// <summary>All run, those of cgroups below first (<c>BPF_F_ALLOW_MULTI</c>). Links always do so.</summary>
    Multiple = 1 << 1,
}
