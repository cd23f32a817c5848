using System.Globalization;
using Bench.Measuring;
using Bench.Subjects;

namespace Bench;

/// <summary>The short form: a few runs of what is steady, compared with the baseline.</summary>
/// <param name="programs">What was built.</param>
/// <param name="baseline">Ratios of an earlier run.</param>
internal sealed class RegressionCheck(BuiltPrograms programs, Baseline baseline)
{
    private const int Runs = 7;
    private const int Attempts = 3;
    private const double Tolerated = 1.30;

    /// <summary>
    /// Measures, prints a line for each ratio, and measures a group that got worse again: machines are noisy.
    /// </summary>
    /// <returns>0, or 1 when a group has a ratio over 30 % worse than the baseline three times.</returns>
    public int Run()
    {
        bool isWorse = false;
        foreach (SubjectGroup group in new Experiments(programs).Guarded)
        {
            SubjectGroup reduced = group.Short();
            isWorse |= Enumerable.Range(0, Attempts).All(_ => IsWorse(reduced));
        }

        return isWorse ? 1 : 0;
    }

    private bool IsWorse(SubjectGroup group)
    {
        bool isWorse = false;
        foreach (BaselineRatio ratio in new Session(Runs).Run(group).GuardedRatios)
        {
            double before = baseline[ratio.Name];
            bool isThisWorse = ratio.Value > before * Tolerated;
            isWorse |= isThisWorse;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{ratio.Name}: {ratio.Value:F3}, baseline {before:F3}{(isThisWorse ? ": WORSE by over 30 %" : "")}"));
        }

        return isWorse;
    }
}
