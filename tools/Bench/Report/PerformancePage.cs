using System.Globalization;
using System.Text;

namespace Bench.Report;

/// <summary>The page that <c>tools/Bench/run</c> writes, and its figures in a folder of the page's name.</summary>
/// <param name="machine">Where it was measured.</param>
/// <param name="runs">Runs of each program.</param>
internal sealed class PerformancePage(MachineState machine, int runs)
{
    private readonly List<PageSection> _sections = [];

    /// <summary>Adds a chapter.</summary>
    public void Add(PageSection section) => _sections.Add(section);

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
        foreach (PageSection section in _sections)
        {
            Append(text, section, folder);
        }

        File.WriteAllText(path, text.ToString());
    }

    private static void Append(StringBuilder text, PageSection section, string folder)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {section.Title}\n\n{section.Description}\n\n")
            .Append(section.Table)
            .Append(GoalTable.Of(section.Goals));
        foreach (Figure figure in section.Figures)
        {
            File.WriteAllText(Path.Combine(folder, figure.Name), figure.Svg);
            string place = $"{Path.GetFileName(folder)}/{figure.Name}";
            text.Append(CultureInfo.InvariantCulture, $"\n![{section.Title}]({place})\n");
        }
    }
}
