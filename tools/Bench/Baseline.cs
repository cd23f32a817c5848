using System.Globalization;
using Bench.Measuring;

namespace Bench;

/// <summary>Ratios of an earlier run, a line <c>NAME RATIO</c> for each.</summary>
internal sealed class Baseline
{
    private readonly Dictionary<string, double> _ratios = [];

    /// <summary>Reads a file.</summary>
    /// <param name="path">Its path.</param>
    public static Baseline Read(string path)
    {
        Baseline baseline = new();
        foreach (string[] words in File.ReadLines(path).Select(static line => line.Split(' ')))
        {
            baseline._ratios.Add(words[0], double.Parse(words[1], CultureInfo.InvariantCulture));
        }

        return baseline;
    }

    /// <summary>The ratio of an earlier run.</summary>
    /// <exception cref="InvalidDataException">The baseline has none of that name.</exception>
    public double this[string name] => _ratios.TryGetValue(name, out double ratio)
        ? ratio
        : throw new InvalidDataException($"the baseline has no {name}: write it anew with tools/Bench/run");

    /// <summary>Adds ratios.</summary>
    public void Add(IEnumerable<BaselineRatio> ratios)
    {
        foreach (BaselineRatio ratio in ratios)
        {
            _ratios.Add(ratio.Name, ratio.Value);
        }
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">Its path.</param>
    public void Write(string path) => File.WriteAllLines(
        path,
        _ratios.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} {pair.Value:F3}")));
}
