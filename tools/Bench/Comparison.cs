using Bench.Measuring;
using Bench.Report;
using Bench.Subjects;

namespace Bench;

/// <summary>Measures everything and writes the page.</summary>
internal static class Comparison
{
    /// <summary>Runs of each subject, unless told otherwise.</summary>
    public const int UsualRuns = 25;

    /// <summary>Measures, writes the page and its figures, and prints the tables.</summary>
    /// <param name="programs">Folder of what was built.</param>
    /// <param name="objectPath">The BPF object.</param>
    /// <param name="pagePath">The page to write.</param>
    /// <param name="runs">Runs of each subject.</param>
    /// <returns>0, or 1 when a goal was missed.</returns>
    public static int Run(string programs, string objectPath, string pagePath, int runs)
    {
        SubjectGroups groups = new(programs, objectPath);
        Session session = new(new Launcher(Path.Combine(programs, "launch")), runs);
        PerformancePage page = new(MachineState.Read(), runs);
        bool areAllMet = true;
        foreach (SubjectGroup group in (SubjectGroup[])[groups.StartUp, groups.Relocation])
        {
            GroupResult result = new(group, session.Run(group));
            page.Add(result);
            Console.WriteLine(ResultTable.Of(result));
            areAllMet &= result.Ratios.All(static ratio => ratio.IsMet);
        }

        page.Write(pagePath);
        return areAllMet ? 0 : 1;
    }
}
