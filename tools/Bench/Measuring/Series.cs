namespace Bench.Measuring;

/// <summary>Values of the same thing, measured again and again.</summary>
internal sealed class Series
{
    private readonly double[] _sorted;

    /// <summary>Takes the values.</summary>
    /// <param name="values">At least one.</param>
    public Series(IEnumerable<double> values)
    {
        _sorted = [.. values];
        Array.Sort(_sorted);
    }

    /// <summary>Half of the values lie below.</summary>
    public double Median => Quantile(0.5);

    /// <summary>A quarter of the values lies below.</summary>
    public double LowerQuartile => Quantile(0.25);

    /// <summary>A quarter of the values lies above.</summary>
    public double UpperQuartile => Quantile(0.75);

    /// <summary>The lowest value.</summary>
    public double Lowest => _sorted[0];

    /// <summary>The highest value.</summary>
    public double Highest => _sorted[^1];

    private double Quantile(double share)
    {
        double position = share * (_sorted.Length - 1);
        int below = (int)position;
        int above = Math.Min(below + 1, _sorted.Length - 1);
        return _sorted[below] + ((_sorted[above] - _sorted[below]) * (position - below));
    }
}
