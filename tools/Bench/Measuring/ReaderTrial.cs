namespace Bench.Measuring;

/// <summary>CPU time of a reader that only counts.</summary>
/// <param name="run">Runs it.</param>
/// <param name="reader">Program and arguments; its last line is <c>read N lost N</c>.</param>
/// <param name="plan">What it reads.</param>
internal sealed class ReaderTrial(EventRun run, IReadOnlyList<string> reader, EventPlan plan) : ITrial
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Run()
    {
        EventResult result = run.Run(reader, plan);
        return result.LastLine == $"read {plan.Events} lost 0"
            ? [(double)result.ReaderNanoseconds / plan.Events]
            : throw new InvalidOperationException(
                $"{string.Join(' ', reader)}: '{result.LastLine}' of {plan.Events} events");
    }
}
