namespace BpfCore.Buffers;

/// <summary>What becomes of records when a CPU's ring is full.</summary>
public enum PerfBufferFullMode
{
    /// <summary>
    /// The record that a program sends is refused with ENOSPC, and the ring reports how many
    /// (<see cref="IRecordHandler.OnLost"/>).
    /// </summary>
    DropNewest,

    /// <summary>
    /// The oldest records are overwritten (<c>write_backward</c>), as a flight recorder does: the ring holds the most
    /// recent ones until something happens that makes them worth reading. They are delivered newest first, each once,
    /// while writing is paused for the time it takes; a handler that throws gives up the older ones of that CPU.
    /// <see cref="PerfBuffer.OverwrittenByteCount"/> tells how much was never delivered.
    /// </summary>
    DropOldest,
}
