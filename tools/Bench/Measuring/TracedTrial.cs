namespace Bench.Measuring;

/// <summary>What an event costs the process that is traced.</summary>
/// <param name="run">Runs the reader.</param>
/// <param name="reader">Program and arguments.</param>
/// <param name="plan">What it reads.</param>
internal sealed class TracedTrial(EventRun run, IReadOnlyList<string> reader, EventPlan plan) : ITrial
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Run() => [run.RunLossless(reader, plan).TracedNanoseconds];
}
