namespace BpfCore.Links;

/// <summary>The place of a program among the filters of a hook.</summary>
public sealed class TcFilterOptions
{
    /// <summary>
    /// Filters run in the order of their priorities, the lowest first: 1 to 65535, or 0 for one that the kernel
    /// chooses, before all others.
    /// </summary>
    public int Priority
    {
        get => field;
        init => field = value is >= 0 and <= ushort.MaxValue
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "a priority is 0 to 65535");
    }

    /// <summary>Number of the filter among those of its priority; 0 for one that the kernel chooses.</summary>
    public uint Handle { get; init; }

    /// <summary>What happens to a filter that has this place.</summary>
    public TcExistingFilter Existing { get; init; }
}
