using System.Globalization;
using System.Text;
using Bench.Losses;
using Bench.Measuring;

namespace Bench.Report;

/// <summary>The chapter about losses by rate.</summary>
internal static class LadderSection
{
    private const double Goal = 4;
    private const string Title = "Rows without loss";
    private const string Description =
        "Events are made at rising rates for half a second, 16 at a time, and printed as rows into a pipe that is read "
        + "at once and thrown away. The reader has a CPU of its own, except for what drains the pipe and comes after "
        + "it; the events are made on another CPU. Rings have 64 pages. Lost is what the BPF program counted as "
        + "refused; rows and losses add up to the events that were made, or the run counts as failed. The C peer wakes "
        + "for each event, as libbpf's tools do, and so slows down whoever makes the events; dashes are for a rate "
        + "that could not be made under it. The goal is against that; the same C with wake-ups in batches stands "
        + "beside it. A run in which a CPU was away for over 2 ms, as a witness of the highest priority saw, is made "
        + "again.";

    /// <summary>Makes it of what was measured.</summary>
    public static PageSection Of(IReadOnlyList<Climb> climbs) => new(Title, Description, Table(climbs))
    {
        Goals = [Judge(climbs[^1], climbs[0])],
        Figures = [new Figure("loss.svg", LineChart.Of("Lost events by rate, median", climbs))],
    };

    private static GoalResult Judge(Climb ours, Climb peer)
    {
        double ratio = (double)ours.HighestLossless / peer.HighestLossless;
        return new GoalResult(
            $"{ours.Subject.Name}: highest rate without loss against {peer.Subject.Name}",
            string.Create(CultureInfo.InvariantCulture, $"at least {Goal:F2}"),
            ratio,
            ratio >= Goal);
    }

    private static string Table(IReadOnlyList<Climb> climbs)
    {
        StringBuilder text = new("| events/s |");
        foreach (Climb climb in climbs)
        {
            text.Append(CultureInfo.InvariantCulture, $" {climb.Subject.Name}: lost %, median (highest) |");
        }

        text.Append("\n|---|").Insert(text.Length, "---|", climbs.Count).Append('\n');
        for (int row = 0; row < climbs[0].Rungs.Count; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {climbs[0].Rungs[row].Rate} |");
            foreach (Climb climb in climbs)
            {
                text.Append(CultureInfo.InvariantCulture, $" {Cell(climb.Rungs[row])} |");
            }

            text.Append('\n');
        }

        text.Append("| highest without loss in any run |");
        foreach (Climb climb in climbs)
        {
            text.Append(CultureInfo.InvariantCulture, $" {climb.HighestLossless} |");
        }

        return text.Append('\n').ToString();
    }

    private static string Cell(Rung rung) => rung.IsMade
        ? string.Create(
            CultureInfo.InvariantCulture, $"{100 * rung.Shares.Median:0.##} ({100 * rung.Shares.Highest:0.##})")
        : string.Create(CultureInfo.InvariantCulture, $"- (made {rung.Made.Median:F0}/s)");
}
