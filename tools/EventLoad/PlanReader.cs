using System.Globalization;

namespace EventLoad;

/// <summary>Makes a plan of the words of the command line.</summary>
internal static class PlanReader
{
    /// <summary>Reads them.</summary>
    /// <exception cref="UsageException">They are no plan.</exception>
    public static LoadPlan Read(string[] words)
    {
        if (words.Length == 0)
        {
            throw new UsageException("PID is missing");
        }

        LoadPlan plan = new() { ReaderId = (int)Number(words[0], "PID", int.MaxValue), Events = 0 };
        for (int i = 1; i < words.Length; i += 2)
        {
            string value = i + 1 < words.Length ? words[i + 1] : throw new UsageException($"{words[i]} needs a value");
            plan = With(plan, words[i], value);
        }

        return plan.Events > 0 ? plan : throw new UsageException("--events must be given");
    }

    private static LoadPlan With(LoadPlan plan, string option, string value) => option switch
    {
        "--events" => plan with { Events = Number(value, option, uint.MaxValue) },
        "--rate" => plan with { Rate = Number(value, option, uint.MaxValue) },
        "--burst" => plan with { Burst = (uint)Math.Max(1, Number(value, option, LoadPlan.LargestBurst)) },
        "--cpu" => plan with { Cpu = (int)Number(value, option, ProcessorPin.HighestCpu) },
        "--family" => plan with { IpVersion = IpVersion(value) },
        _ => throw new UsageException($"no option {option}"),
    };

    private static uint IpVersion(string value) => value switch
    {
        "4" => 4,
        "6" => 6,
        "both" => 0,
        _ => throw new UsageException($"--family: '{value}' is not 4, 6 or both"),
    };

    private static long Number(string word, string name, long most) =>
        long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= most
            ? number
            : throw new UsageException($"{name}: '{word}' is not a number up to {most}");
}
