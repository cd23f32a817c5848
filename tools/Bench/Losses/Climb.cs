namespace Bench.Losses;

/// <summary>A reader at all rates.</summary>
/// <param name="Subject">The reader.</param>
/// <param name="Rungs">The rates, rising.</param>
internal sealed record Climb(LadderSubject Subject, List<Rung> Rungs)
{
    /// <summary>
    /// The highest rate below which, and at which, nothing was lost in any run; 0 where there is none.
    /// </summary>
    public long HighestLossless =>
        Rungs.TakeWhile(static rung => rung.IsLossless).LastOrDefault()?.Rate ?? 0;
}
