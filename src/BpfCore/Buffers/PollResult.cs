namespace BpfCore.Buffers;

/// <summary>
/// What a poll of a <see cref="RecordBuffer"/> came back with. It is all zero when the time was over, or when the
/// wake-up was for records that an earlier poll delivered already.
/// </summary>
/// <param name="SampleCount">Number of samples delivered.</param>
/// <param name="IsWoken">Whether <see cref="RecordBuffer.Wake"/> was called since the last poll.</param>
/// <param name="IsHungUp">
/// Whether a descriptor given to <see cref="RecordBuffer.WatchForHangup"/> failed or hung up.
/// </param>
public readonly record struct PollResult(int SampleCount, bool IsWoken, bool IsHungUp)
{
    /// <summary>Whether it is anything but all zero.</summary>
    internal bool HasAny => SampleCount != 0 || IsWoken || IsHungUp;
}
