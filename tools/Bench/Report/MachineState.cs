using System.Globalization;
using System.Runtime.InteropServices;

namespace Bench.Report;

/// <summary>On what machine, and how busy it was when the measurements began.</summary>
internal sealed record MachineState(string Kernel, string Processor, int ProcessorCount, string Load, string Runtime)
{
    /// <summary>Reads it.</summary>
    public static MachineState Read() => new(
        File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        ProcessorName(),
        Environment.ProcessorCount,
        string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]),
        RuntimeInformation.FrameworkDescription);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"Linux {Kernel}, {ProcessorCount} x {Processor}, {Runtime}; load when it began: {Load}");

    private static string ProcessorName()
    {
        foreach (string line in File.ReadLines("/proc/cpuinfo"))
        {
            if (line.StartsWith("model name", StringComparison.Ordinal))
            {
                return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }
        }

        return RuntimeInformation.ProcessArchitecture.ToString();
    }
}
