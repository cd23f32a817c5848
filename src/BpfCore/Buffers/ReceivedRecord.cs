namespace BpfCore.Buffers;

/// <summary>A record that outlives its place in the ring, as <see cref="RecordBuffer.ReadAllAsync"/> gives
/// it.</summary>
/// <typeparam name="T">What the decoder made of the bytes.</typeparam>
/// <param name="Source">The CPU or the map it came from, as <see cref="IRecordHandler.OnSample"/> says.</param>
/// <param name="Value">The decoded record.</param>
/// <param name="LostBefore">
/// Number of records that rings reported as lost since the record that was given before this one; 0 from a
/// <see cref="RingBuffer"/>, where only the program learns of a loss.
/// </param>
public readonly record struct ReceivedRecord<T>(int Source, T Value, ulong LostBefore);
