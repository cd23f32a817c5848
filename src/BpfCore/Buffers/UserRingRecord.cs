namespace BpfCore.Buffers;

/// <summary>
/// Room for a record in a <see cref="UserRingBuffer"/>: write <see cref="Data"/>, then <see cref="Submit"/>. A record
/// that is disposed without being submitted is discarded, and programs never see it.
/// </summary>
public ref struct UserRingRecord
{
    private readonly UserRingBuffer? _buffer;
    private readonly int _record;
    private bool _isCommitted;

    internal UserRingRecord(UserRingBuffer buffer, int record, Span<byte> data)
    {
        _buffer = buffer;
        _record = record;
        Data = data;
    }

    /// <summary>
    /// The bytes of the record, in the ring itself. They hold what an earlier record left there. Not to be written
    /// after the record was submitted, and not to be used after the buffer was disposed.
    /// </summary>
    public readonly Span<byte> Data { get; }

    /// <summary>
    /// Gives the record to the programs: the next <c>bpf_user_ringbuf_drain</c> reads it, unless one reserved before it
    /// is still being written.
    /// </summary>
    /// <exception cref="InvalidOperationException">
    /// The record was submitted or discarded before, or was never reserved.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public void Submit() => Commit(isDiscarded: false);

    /// <summary>Has the programs skip the record.</summary>
    /// <exception cref="InvalidOperationException">
    /// The record was submitted or discarded before, or was never reserved.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public void Discard() => Commit(isDiscarded: true);

    /// <summary>Discards the record unless it was submitted.</summary>
    public void Dispose()
    {
        if (!_isCommitted && _buffer is { IsDisposed: false })
        {
            Discard();
        }
    }

    private void Commit(bool isDiscarded)
    {
        if (_buffer is null || _isCommitted)
        {
            throw new InvalidOperationException("the record was submitted or discarded before, or was never reserved");
        }

        _buffer.Commit(_record, Data.Length, isDiscarded);
        _isCommitted = true;
    }
}
