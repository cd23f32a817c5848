using BpfCore;
using BpfCore.Buffers;
using TcpConnLat.Output;

namespace TcpConnLat.Tracing;

/// <summary>Where the events come from; a seam, so that the loop can be tested without a kernel.</summary>
internal interface IConnectSource
{
    /// <summary>Waits for events and prints them.</summary>
    /// <param name="timeout">Longest wait, or <see cref="Timeout.InfiniteTimeSpan"/>; it may return earlier.</param>
    /// <param name="printer">Prints them.</param>
    /// <exception cref="BpfException">The buffer cannot be read.</exception>
    PollResult Poll(TimeSpan timeout, ref EventPrinter printer);

    /// <summary>Ends the wait at once; may be called by any thread.</summary>
    void Wake();

    /// <summary>Detaches the programs, then prints what they sent before.</summary>
    /// <param name="printer">Prints the rest.</param>
    /// <exception cref="BpfException">The buffer cannot be read.</exception>
    void Finish(ref EventPrinter printer);

    /// <summary>What was lost so far.</summary>
    /// <exception cref="BpfException">The counters cannot be read.</exception>
    Losses ReadLosses();
}
