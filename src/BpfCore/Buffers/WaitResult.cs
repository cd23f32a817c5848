namespace BpfCore.Buffers;

/// <summary>What a wait of <see cref="PollWaiter"/> came back with.</summary>
internal struct WaitResult
{
    /// <summary>Number of sources that are ready.</summary>
    public int SourceCount;

    /// <summary>Whether <see cref="PollWaiter.Wake"/> was called.</summary>
    public bool IsWoken;

    /// <summary>Whether a watched descriptor failed or hung up.</summary>
    public bool IsHungUp;

    /// <summary>Whether an interval of <see cref="PollWaiter.Tick"/> is over.</summary>
    public bool IsTick;

    /// <summary>Whether all of the time was waited, and nothing happened.</summary>
    public bool IsOver;
}
