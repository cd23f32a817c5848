using System.Globalization;

namespace Bench.Measuring;

/// <summary>CPU time of a reader that only counts.</summary>
/// <param name="run">Runs it.</param>
/// <param name="reader">Program and arguments; its last line is <c>read N lost N cpu MICROSECONDS</c>.</param>
/// <param name="plan">What it reads.</param>
internal sealed class ReaderTrial(EventRun run, IReadOnlyList<string> reader, EventPlan plan) : ITrial
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Run()
    {
        using FreshCopy program = new(reader[0]);
        string[] words = run.RunLossless([program.Path, .. reader.Skip(1)], plan).LastLine.Split(' ');
        return words is ["read", string read, "lost", "0", "cpu", string microseconds] && Number(read) == plan.Events
            ? [1000 * Number(microseconds) / plan.Events]
            : throw new InvalidOperationException(
                $"{string.Join(' ', reader)}: '{string.Join(' ', words)}' of {plan.Events} events");
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
