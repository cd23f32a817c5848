namespace BpfCore.Buffers;

/// <summary>Tells from the number of records whether they come so fast that wake-ups are worth batching.</summary>
/// <remarks>
/// The load begins as soon as a window has its number of records, so that a burst pays for few wake-ups, and ends with
/// a whole window of less than half of that: a rate near the bound does not make it alternate.
/// </remarks>
/// <param name="clock">Measures the windows.</param>
internal sealed class LoadMeter(TimeProvider clock)
{
    /// <summary>Records in a window at which the load begins: 5,000 a second.</summary>
    public const int BusyCount = 250;

    /// <summary>Length of a window.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);

    private long _windowStart = clock.GetTimestamp();
    private int _count;

    /// <summary>Whether records come fast.</summary>
    public bool IsBusy { get; private set; }

    /// <summary>Whether they did in the last window, of which programs may still be at work.</summary>
    public bool WasBusy { get; private set; }

    /// <summary>Counts records.</summary>
    /// <param name="count">Their number.</param>
    public void Add(int count) => _count += count;

    /// <summary>Looks at what was counted up to a time.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Whether <see cref="IsBusy"/> is another than before.</returns>
    public bool Update(long now)
    {
        if (!IsBusy && _count >= BusyCount)
        {
            (IsBusy, WasBusy) = (true, true);
            StartWindow(now);
            return true;
        }

        if (clock.GetElapsedTime(_windowStart, now) < Window)
        {
            return false;
        }

        WasBusy = IsBusy;
        IsBusy = IsBusy && _count >= BusyCount / 2;
        StartWindow(now);
        return IsBusy != WasBusy;
    }

    private void StartWindow(long now)
    {
        _windowStart = now;
        _count = 0;
    }
}
