using System.Globalization;
using System.Text;
using Bench.Measuring;
using Bench.Subjects;

namespace Bench.Report;

/// <summary>The page that <c>tools/Bench/run</c> writes, and its figures in a folder of the page's name.</summary>
internal sealed class PerformancePage(MachineState machine, int runs)
{
    private readonly List<GroupResult> _results = [];

    /// <summary>Adds a group.</summary>
    public void Add(GroupResult result) => _results.Add(result);

    /// <summary>Writes the page and its figures.</summary>
    /// <param name="path">Path of the page.</param>
    public void Write(string path)
    {
        string folder = Path.ChangeExtension(path, null);
        Directory.CreateDirectory(folder);
        StringBuilder text = new();
        text.Append("# Performance\n\nWritten by `tools/Bench/run`. ")
            .Append(CultureInfo.InvariantCulture, $"{machine}.\n\n")
            .Append(CultureInfo.InvariantCulture, $"Each program ran {runs} times, in turn with the others, under ")
            .Append("`SCHED_FIFO`. Ratios are those of medians in the same run, the first program counting as 1;\n")
            .Append("absolute times move with what else the machine does. The middle half is from the lower to the ")
            .Append("upper quartile.\n");
        foreach (GroupResult result in _results)
        {
            Append(text, result, folder);
        }

        File.WriteAllText(path, text.ToString());
    }

    private static void Append(StringBuilder text, GroupResult result, string folder)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {result.Group.Title}\n\n{result.Group.Description}\n\n")
            .Append(ResultTable.Of(result));
        foreach (Measure measure in Enum.GetValues<Measure>())
        {
            string name = $"{result.Group.FileName}-{(measure == Measure.Time ? "time" : "memory")}.svg";
            File.WriteAllText(Path.Combine(folder, name), BarChart.Of(result, measure));
            text.Append(CultureInfo.InvariantCulture, $"\n![{result.Group.Title}]({Path.GetFileName(folder)}/{name})\n");
        }
    }
}
