namespace Bench.Measuring;

/// <summary>What EventLoad is to make.</summary>
/// <param name="Events">Number of events.</param>
/// <param name="Rate">Events a second.</param>
/// <param name="Burst">Events made one right after the other.</param>
internal sealed record EventPlan(long Events, long Rate, int Burst);
