namespace BpfCore.Tests.Buffers;

/// <summary>Time that moves when it is told to.</summary>
internal sealed class FakeClock : TimeProvider
{
    private long _milliseconds = 5;

    public override long TimestampFrequency => 1000;

    public override long GetTimestamp() => _milliseconds;

    /// <summary>A wait for ever takes no time: something has to end it.</summary>
    public void Advance(int milliseconds) => _milliseconds += Math.Max(0, milliseconds);
}
