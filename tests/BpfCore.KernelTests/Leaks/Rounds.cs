using System.Globalization;

namespace BpfCore.KernelTests.Leaks;

/// <summary>
/// How often tests repeat what might leak: a thousand times, unless the environment names another number. An emulated
/// machine has time for fewer, and a leak of one descriptor a round shows in two.
/// </summary>
internal static class Rounds
{
    /// <summary>The name of the environment variable.</summary>
    public const string Variable = "BPFCORE_TEST_ROUNDS";

    private const int Usual = 1000;

    /// <summary>The number of rounds.</summary>
    public static int Count { get; } = Environment.GetEnvironmentVariable(Variable) is string text
        ? int.Parse(text, CultureInfo.InvariantCulture)
        : Usual;
}
