using Bench.Measuring;

namespace Bench.Losses;

/// <summary>Runs of one reader at one rate.</summary>
/// <param name="Rate">Events a second that were asked for.</param>
/// <param name="Shares">Of each run, the share of events that were lost.</param>
/// <param name="Made">Of each run, the events a second that were made.</param>
internal sealed record Rung(long Rate, Series Shares, Series Made)
{
    // A rate that the machine cannot make says nothing about the reader.
    private const double NearlyAll = 0.9;

    /// <summary>Whether the rate was made, and nothing was lost in any run.</summary>
    public bool IsLossless => Shares.Highest == 0 && IsMade;

    /// <summary>Whether as many events were made as asked for.</summary>
    public bool IsMade => Made.Lowest >= NearlyAll * Rate;
}
