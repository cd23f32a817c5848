namespace Bench.Measuring;

/// <summary>A run of a reader, and of what fills its rings.</summary>
/// <param name="Rate">Events that were made a second.</param>
/// <param name="Lost">Events that found no room, as the BPF program counted them.</param>
/// <param name="TracedNanoseconds">Time that the program took for an event.</param>
/// <param name="Lines">Lines that the reader printed after the first one.</param>
/// <param name="StalledMicroseconds">Longest time for which a CPU was not there.</param>
/// <param name="LastLine">The last line of the reader.</param>
internal sealed record EventResult(
    double Rate, long Lost, double TracedNanoseconds, long Lines, long StalledMicroseconds, string LastLine);
