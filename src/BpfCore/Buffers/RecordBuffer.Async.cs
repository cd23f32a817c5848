using System.Runtime.CompilerServices;

namespace BpfCore.Buffers;

public abstract partial class RecordBuffer
{
    /// <summary>The records as values that may be kept, for <c>await foreach</c>.</summary>
    /// <remarks>
    /// Nothing is read ahead: a record leaves its ring when the consumer asks for it. While the consumer is slow, or
    /// after it left, records wait in the rings, and what finds no room there is counted as ever. A thread of the pool
    /// waits for records while the consumer awaits them, and only then. The enumeration ends when it is cancelled, or
    /// when a descriptor hung up (<see cref="WatchForHangup"/>) and nothing is left to read. An exception of the
    /// decoder is thrown to the consumer in the place of its record; a new enumeration goes on with the next one.
    /// <see cref="Poll"/> with a struct handler costs less, and allocates nothing.
    /// </remarks>
    /// <typeparam name="T">What a record becomes.</typeparam>
    /// <param name="decode">Makes a value of the bytes, which are the ring's.</param>
    /// <param name="cancellation">Ends the enumeration, also one that waits.</param>
    /// <exception cref="OperationCanceledException">The enumeration was cancelled.</exception>
    /// <exception cref="BpfFormatException">A ring holds a record that contradicts itself.</exception>
    /// <exception cref="InvalidOperationException">
    /// The buffer is being read already, or it gives the newest records first, so that they cannot be taken one by one.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The buffer was disposed.</exception>
    public IAsyncEnumerable<ReceivedRecord<T>> ReadAllAsync<T>(
        RecordDecoder<T> decode, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(decode);
        ThrowIfNotSequential();
        return Enumerate(decode, cancellation);
    }

    /// <summary>Refuses buffers whose records cannot be taken one by one.</summary>
    private protected virtual void ThrowIfNotSequential()
    {
    }

    private async IAsyncEnumerable<ReceivedRecord<T>> Enumerate<T>(
        RecordDecoder<T> decode, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using CancellationTokenRegistration wake = cancellation.Register(Wake);
        RecordTaker<T> taker = new(decode);
        bool isHungUp = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TryTake(ref taker))
            {
                yield return taker.Take();
            }
            else if (isHungUp)
            {
                yield break;
            }
            else
            {
                isHungUp = await Task.Run(WaitForRecords, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private bool TryTake<T>(ref RecordTaker<T> taker)
    {
        EnterReading();
        try
        {
            return ConsumeAll(ref taker, limit: 1) > 0;
        }
        finally
        {
            ExitReading();
        }
    }

    /// <summary>Waits without delivering.</summary>
    /// <returns>Whether a watched descriptor hung up.</returns>
    private bool WaitForRecords()
    {
        EnterReading();
        try
        {
            Span<ulong> ready = stackalloc ulong[PollWaiter.Capacity];
            _isBehind = true; // what the kernel reports here it does not report again
            WaitResult wait = _waiter.Wait(ready, LongestWait);
            Ticked += wait.IsTick ? _waiter.Interval : TimeSpan.Zero;
            return wait.IsHungUp;
        }
        finally
        {
            ExitReading();
        }
    }
}
