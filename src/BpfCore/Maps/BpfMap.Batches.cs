using BpfCore.Diagnostics;
using BpfCore.Syscalls;

namespace BpfCore.Maps;

public sealed partial class BpfMap
{
    private const int UsualBatch = 256;

    /// <summary>
    /// The elements of the map, many to a system call (since Linux 5.6). A hash map is read bucket by bucket: however
    /// others change it meanwhile, no element comes twice.
    /// </summary>
    /// <param name="mode">Whether they are taken out of the map.</param>
    /// <param name="size">
    /// Elements to a call. It grows by itself when a bucket of a hash map holds more than fit (ENOSPC).
    /// </param>
    /// <remarks>
    /// Types and kernels without batches are read one element at a time. Taking out is then two steps where the
    /// kernel has no single one (hash maps before 5.14, tries): what is written between the two is lost.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is zero or negative.</exception>
    public MapBatches Batches(MapBatchMode mode = MapBatchMode.Read, int size = UsualBatch)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        return new MapBatches(this, mode, size);
    }

    /// <summary>Adds or replaces several elements (<c>BPF_MAP_UPDATE_BATCH</c>, since Linux 5.6).</summary>
    /// <param name="keys">The keys, one after the other.</param>
    /// <param name="values">As many values, <see cref="ValueBufferSize"/> bytes each.</param>
    /// <param name="mode">Whether the elements must, or must not, exist.</param>
    /// <remarks>Types and kernels without batches are written one element at a time.</remarks>
    /// <exception cref="ArgumentException">The buffers do not hold the same number of whole elements.</exception>
    /// <exception cref="SyscallException">
    /// The kernel refused an element; the message says which. Those before it have been written.
    /// </exception>
    public void UpdateBatch(
        ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, MapUpdateMode mode = MapUpdateMode.Any)
    {
        int count = CountOf(keys, KeySize, nameof(keys));
        if (CountOf(values, ValueBufferSize, nameof(values)) != count)
        {
            throw new ArgumentException(
                $"{Subject}: there are {count} keys but {values.Length / ValueBufferSize} values", nameof(values));
        }

        // generic_map_update_batch() of kernel/bpf/syscall.c takes no mode.
        int done = 0;
        Errno error = mode == MapUpdateMode.Any
            ? Batch(BpfCommand.MapUpdateBatch, keys, values, out done)
            : Errno.ENOTSUPP;
        if (done == 0 && error is Errno.EINVAL or Errno.ENOTSUPP)
        {
            ReportFallback("written", error);
            UpdateSingly(keys, values, mode, count);
            return;
        }

        ThrowIfFailed(BpfCommand.MapUpdateBatch, error, done);
    }

    /// <summary>Deletes several elements (<c>BPF_MAP_DELETE_BATCH</c>, since Linux 5.6).</summary>
    /// <param name="keys">The keys, one after the other; those that are not in the map are passed over.</param>
    /// <returns>Number of elements that were deleted.</returns>
    /// <remarks>Types and kernels without batches are asked to delete one element at a time.</remarks>
    /// <exception cref="ArgumentException">The buffer does not hold a whole number of keys.</exception>
    /// <exception cref="SyscallException">The kernel refused; elements may have been deleted before.</exception>
    public int DeleteBatch(ReadOnlySpan<byte> keys)
    {
        int count = CountOf(keys, KeySize, nameof(keys));
        int deleted = 0;
        for (int next = 0; next < count;)
        {
            Errno error = Batch(BpfCommand.MapDeleteBatch, keys[(next * KeySize)..], default, out int done);
            if (next + done == 0 && error is Errno.EINVAL or Errno.ENOTSUPP)
            {
                ReportFallback("emptied", error);
                return DeleteSingly(keys);
            }

            deleted += done;
            next += done + (error == Errno.ENOENT ? 1 : 0); // the kernel stops at a key that is not there
            ThrowIfFailed(BpfCommand.MapDeleteBatch, error == Errno.ENOENT ? Errno.None : error, next);
        }

        return deleted;
    }

    private static ReadOnlySpan<byte> Element(ReadOnlySpan<byte> buffer, int size, int index) =>
        buffer.Slice(index * size, size);

    private int DeleteSingly(ReadOnlySpan<byte> keys)
    {
        int deleted = 0;
        for (int offset = 0; offset < keys.Length; offset += KeySize)
        {
            deleted += TryDelete(keys.Slice(offset, KeySize)) ? 1 : 0;
        }

        return deleted;
    }

    private void UpdateSingly(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, MapUpdateMode mode, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Errno error = UpdateElement(Element(keys, KeySize, i), Element(values, ValueBufferSize, i), mode);
            ThrowIfFailed(BpfCommand.MapUpdate, error, i);
        }
    }

    private Errno Batch(
        BpfCommand command, ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, out int done)
    {
        done = 0;
        if (keys.IsEmpty)
        {
            return Errno.None;
        }

        MapBatchRequest request = new()
        {
            Command = command,
            Keys = keys,
            Values = values,
            Count = (uint)(keys.Length / KeySize),
        };
        Errno error = _calls.Bpf.MapBatch(Handle, request, out uint count);
        // A command that is refused as a whole leaves the count as it was; one that fails on the way has done less.
        done = error != Errno.None && count == request.Count ? 0 : (int)count;
        return error;
    }

    private void ReportFallback(string verb, Errno error) => _calls.Observer?.OnFallback(new FallbackTaken(
        Subject, $"{verb} in batches", $"{verb} element by element", error.Symbol()));

    private int CountOf(ReadOnlySpan<byte> buffer, int size, string parameter) =>
        size > 0 && buffer.Length % size == 0
            ? buffer.Length / size
            : throw new ArgumentException(
                $"{Subject}: {buffer.Length} bytes are no whole number of {size} bytes each", parameter);

    private void ThrowIfFailed(BpfCommand command, Errno error, int index)
    {
        if (error != Errno.None)
        {
            throw _calls.Failure(command.Call(), $"{Subject}: element {index} of the batch", error);
        }
    }
}
