using Bench.Report;
using Bench.Subjects;

namespace Bench;

/// <summary>Measures everything and writes the page.</summary>
internal static class Comparison
{
    /// <summary>Runs of each subject, unless told otherwise.</summary>
    public const int UsualRuns = 25;

    /// <summary>Measures, prints the tables, writes the page with its figures, and the baseline.</summary>
    /// <param name="programs">What was built.</param>
    /// <param name="pagePath">The page to write; null for none.</param>
    /// <param name="baselinePath">The baseline to write; null for none.</param>
    /// <param name="runs">Runs of each subject.</param>
    /// <param name="only">Name of the only experiment that is wanted; null for all.</param>
    /// <returns>0, or 1 when a goal was missed.</returns>
    public static int Run(BuiltPrograms programs, string? pagePath, string? baselinePath, int runs, string? only)
    {
        PerformancePage page = new(MachineState.Read(), runs);
        Baseline baseline = new();
        bool areAllMet = true;
        foreach (Experiment experiment in new Experiments(programs).All(runs))
        {
            if (only is not null && experiment.Name != only)
            {
                continue;
            }

            PageSection section = experiment.Run();
            page.Add(section);
            baseline.Add(section.GuardedRatios);
            Console.WriteLine($"## {section.Title}\n\n{section.Table}{GoalTable.Of(section.Goals)}");
            areAllMet &= section.Goals.All(static goal => goal.IsMet);
        }

        WriteIfWanted(pagePath, page.Write);
        WriteIfWanted(baselinePath, baseline.Write);
        return areAllMet ? 0 : 1;
    }

    private static void WriteIfWanted(string? path, Action<string> write)
    {
        if (path is not null)
        {
            write(path);
        }
    }
}
