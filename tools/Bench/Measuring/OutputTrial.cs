using System.Globalization;

namespace Bench.Measuring;

/// <summary>Runs a program that measures itself and prints words, each followed by its value.</summary>
/// <param name="command">Program and arguments.</param>
/// <param name="words">The words whose values are taken; one that is not printed has the value 0.</param>
internal sealed class OutputTrial(IReadOnlyList<string> command, params IReadOnlyList<string> words) : ITrial
{
    /// <inheritdoc/>
    public IReadOnlyList<double> Run()
    {
        string[] output = RealTimeCommand.Run(command).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return [.. words.Select(word => Value(output, word))];
    }

    private static double Value(string[] output, string word)
    {
        int index = Array.IndexOf(output, word);
        return index < 0 ? 0 : double.Parse(output[index + 1], CultureInfo.InvariantCulture);
    }
}
