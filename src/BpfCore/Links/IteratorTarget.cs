using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>The tasks or cgroups that an iterator is to show.</summary>
public sealed record IteratorTarget : AttachTarget
{
    private IteratorTarget()
    {
    }

    /// <summary>The only process whose threads are shown; 0 for no such bound.</summary>
    public int ProcessId { get; private init; }

    /// <summary>The only thread that is shown; 0 for no such bound.</summary>
    public int ThreadId { get; private init; }

    /// <summary>Directory of a cgroup (version 2), or null.</summary>
    public string? CgroupPath { get; private init; }

    /// <summary>Which cgroups are shown, beginning at <see cref="CgroupPath"/>.</summary>
    public CgroupOrder CgroupOrder { get; private init; }

    /// <summary>The threads of one process.</summary>
    /// <param name="id">Its id.</param>
    public static IteratorTarget Process(int id) => new() { ProcessId = Positive(id) };

    /// <summary>One thread.</summary>
    /// <param name="id">Its id.</param>
    public static IteratorTarget Thread(int id) => new() { ThreadId = Positive(id) };

    /// <summary>Cgroups of a tree.</summary>
    /// <param name="path">Directory of the cgroup at which to begin.</param>
    /// <param name="order">Which ones, and in which order.</param>
    public static IteratorTarget Cgroup(string path, CgroupOrder order)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new IteratorTarget { CgroupPath = path, CgroupOrder = order };
    }

    /// <inheritdoc/>
    public override string ToString() => (CgroupPath, ProcessId) switch
    {
        (not null, _) => $"iter/cgroup {CgroupPath}",
        (_, 0) => $"iter/task of thread {ThreadId}",
        _ => $"iter/task of process {ProcessId}",
    };

    private static int Positive(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        return id;
    }
}
