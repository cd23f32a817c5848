using System.Globalization;

namespace Bench.Measuring;

/// <summary>Runs a subject under <c>peer/launch.c</c>, which measures it.</summary>
/// <param name="launchPath">Path of the launcher.</param>
internal sealed class Launcher(string launchPath)
{
    /// <summary>Runs once.</summary>
    /// <param name="command">Program and arguments.</param>
    /// <exception cref="InvalidOperationException">The program failed.</exception>
    public LaunchResult Run(IReadOnlyList<string> command)
    {
        GracePeriod.Wait();
        string[] words = RealTimeCommand.Run([launchPath, .. command]).Split(
            ' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        long[] numbers = [.. words.TakeWhile(static word => word != "ready").Select(Number)];
        int own = Array.IndexOf(words, "ready");
        return new LaunchResult(numbers[0], numbers[2], own < 0 ? null : Number(words[own + 1]));
    }

    private static long Number(string word) => long.Parse(word, CultureInfo.InvariantCulture);
}
