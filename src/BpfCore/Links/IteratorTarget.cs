using System.Runtime.InteropServices;
using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>The tasks or cgroups that an iterator is to show (<c>union bpf_iter_link_info</c>).</summary>
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

    /// <summary>Number of a cgroup (version 2), or 0.</summary>
    public ulong CgroupId { get; private init; }

    /// <summary>Which cgroups are shown, beginning at <see cref="CgroupPath"/> or <see cref="CgroupId"/>.</summary>
    public CgroupOrder CgroupOrder { get; private init; }

    internal SafeHandle? ProcessHandle { get; private init; }

    internal bool IsTask => CgroupPath is null && CgroupId == 0;

    /// <summary>The threads of one process.</summary>
    /// <param name="id">Its id.</param>
    public static IteratorTarget Process(int id) => new() { ProcessId = Positive(id) };

    /// <summary>The threads of the process that a descriptor of <c>pidfd_open(2)</c> stands for.</summary>
    /// <param name="process">The descriptor, open until the iterator is attached.</param>
    public static IteratorTarget Process(SafeHandle process)
    {
        ArgumentNullException.ThrowIfNull(process);
        return new IteratorTarget { ProcessHandle = process };
    }

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

    /// <summary>Cgroups of a tree.</summary>
    /// <param name="id">
    /// Number of the cgroup at which to begin: <c>bpf_get_current_cgroup_id</c>, and the inode of its directory.
    /// </param>
    /// <param name="order">Which ones, and in which order.</param>
    public static IteratorTarget Cgroup(ulong id, CgroupOrder order)
    {
        ArgumentOutOfRangeException.ThrowIfZero(id);
        return new IteratorTarget { CgroupId = id, CgroupOrder = order };
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (!IsTask)
        {
            return $"iter/cgroup {CgroupPath ?? $"with id {CgroupId}"}";
        }

        return (ProcessHandle, ProcessId) switch
        {
            (not null, _) => "iter/task of a process by its descriptor",
            (_, 0) => $"iter/task of thread {ThreadId}",
            _ => $"iter/task of process {ProcessId}",
        };
    }

    private static int Positive(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(id);
        return id;
    }
}
