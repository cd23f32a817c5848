using System.Diagnostics;

namespace EventLoad;

/// <summary>When which event is due, at a steady rate.</summary>
/// <remarks>
/// Waits by sleeping far from the moment and by spinning near it: timers are late by more than a burst takes. What a
/// stall of the machine costs up to a millisecond is made up for; a longer one is not, as the rate would be exceeded.
/// </remarks>
/// <param name="rate">Events a second; 0: all are due at once.</param>
internal sealed class Pace(long rate)
{
    private static readonly long s_toleratedDelay = Stopwatch.Frequency / 1000;
    private static readonly long s_closest = Stopwatch.Frequency / 1000 * 2;

    private readonly double _ticksPerEvent = rate == 0 ? 0 : (double)Stopwatch.Frequency / rate;
    private long _start = Stopwatch.GetTimestamp();

    /// <summary>Waits until an event is due.</summary>
    /// <param name="number">How many came before it.</param>
    public void WaitFor(long number)
    {
        if (rate == 0)
        {
            return;
        }

        long due = _start + (long)(number * _ticksPerEvent);
        long now = Stopwatch.GetTimestamp();
        _start += Math.Max(0, now - due - s_toleratedDelay);
        while (now < due)
        {
            if (due - now > s_closest)
            {
                Thread.Sleep(Stopwatch.GetElapsedTime(now, due - (s_closest / 2)));
            }

            now = Stopwatch.GetTimestamp();
        }
    }
}
