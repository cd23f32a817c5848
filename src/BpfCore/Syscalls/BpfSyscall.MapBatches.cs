using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

// SAFETY: the buffers are pinned until the call returns. The kernel multiplies the count by what the map says, which
// cannot be checked here: MapBatchReader and BpfMap, the only callers, size the buffers from the map.
internal sealed unsafe partial class BpfSyscall
{
    /// <summary><c>BPF_MAP_*_BATCH</c> (5.6).</summary>
    /// <param name="map">The map.</param>
    /// <param name="request">Its elements.</param>
    /// <param name="count">Number of elements that were dealt with, for all results but EFAULT.</param>
    /// <returns>
    /// ENOENT when a look-up came to the end of the map (the elements counted are valid) or a key to delete is not
    /// there; ENOSPC when the next hash bucket has more elements than there is room for; ENOTSUPP when the type of map
    /// has no batches, EINVAL when the kernel has none.
    /// </returns>
    public Errno MapBatch(SafeFdHandle map, in MapBatchRequest request, out uint count)
    {
        using FdLease lease = map.Lease();
        fixed (byte* position = request.Position, next = request.NextPosition)
        fixed (byte* keys = request.Keys, values = request.Values)
        {
            bpf_attr_batch attributes = new()
            {
                in_batch = (ulong)position,
                out_batch = (ulong)next,
                keys = (ulong)keys,
                values = (ulong)values,
                count = request.Count,
                map_fd = (uint)lease.Value,
            };
            long result = Call(request.Command, ref attributes);
            count = attributes.count;
            if (reporter.IsWatched)
            {
                Report(request.Command, $"map_fd={lease.Value} count={request.Count} done={count}", result);
            }

            return result.ToErrno();
        }
    }
}
