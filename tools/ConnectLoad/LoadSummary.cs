using System.Globalization;

namespace ConnectLoad;

/// <summary>Connects by outcome, and how long they took.</summary>
internal sealed class LoadSummary
{
    private readonly SortedDictionary<int, int> _countByErrno = [];
    private readonly List<long> _nanoseconds = [];

    /// <summary>The sum of the summaries of several threads.</summary>
    public static LoadSummary Sum(ReadOnlySpan<LoadSummary> parts)
    {
        LoadSummary sum = new();
        foreach (LoadSummary part in parts)
        {
            foreach ((int errno, int count) in part._countByErrno)
            {
                sum._countByErrno[errno] = sum._countByErrno.GetValueOrDefault(errno) + count;
            }

            sum._nanoseconds.AddRange(part._nanoseconds);
        }

        return sum;
    }

    /// <summary>Counts a connect.</summary>
    public void Add(int errno, long nanoseconds)
    {
        _countByErrno[errno] = _countByErrno.GetValueOrDefault(errno) + 1;
        _nanoseconds.Add(nanoseconds);
    }

    /// <summary>
    /// <c>summary connects=N connected=N seconds=S per_second=R p50_ns=… p99_ns=… max_ns=…</c>, then a word
    /// <c>errno_E=N</c> for each error.
    /// </summary>
    public string ToText(TimeSpan elapsed)
    {
        _nanoseconds.Sort();
        int total = _nanoseconds.Count;
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"summary connects={total} connected={_countByErrno.GetValueOrDefault(0)}"
            + $" seconds={elapsed.TotalSeconds:F3} per_second={total / elapsed.TotalSeconds:F0}"
            + $" p50_ns={Percentile(0.5)} p99_ns={Percentile(0.99)} max_ns={Percentile(1)}");
        foreach ((int errno, int count) in _countByErrno)
        {
            text += errno == 0 ? "" : $" errno_{errno}={count}";
        }

        return text;
    }

    // Nearest rank: the smallest value that at least this share of all values does not exceed.
    private long Percentile(double share) =>
        _nanoseconds.Count == 0 ? 0 : _nanoseconds[Math.Max(0, (int)Math.Ceiling(share * _nanoseconds.Count) - 1)];
}
