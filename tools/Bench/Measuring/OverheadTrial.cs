using System.Diagnostics;
using System.Text.RegularExpressions;
using Bench.Subjects;
using Tmds.Linux;

namespace Bench.Measuring;

/// <summary>What connects take a program that is traced: ConnectLoad on CPU 0, all others on the highest CPU.</summary>
/// <param name="programs">The programs.</param>
/// <param name="tracer">What traces, program and arguments; its first line is its header. Empty: nothing.</param>
internal sealed partial class OverheadTrial(BuiltPrograms programs, params IReadOnlyList<string> tracer) : ITrial
{
    private const string Connects = "10000";

    private static readonly string[] s_beside = ["taskset", "--cpu-list", $"{Environment.ProcessorCount - 1}"];

    /// <inheritdoc/>
    public IReadOnlyList<double> Run()
    {
        GracePeriod.Wait();
        using Process server = Start([programs["aot/connectload"], "listen", "0"]);
        string port = ReadLine(server).Split('=')[^1];
        using Process? tracing = tracer.Count == 0 ? null : Start(tracer);
        Task rows = tracing is null ? Task.CompletedTask : Drain(tracing);
        Match summary = SummaryLine().Match(RealTimeCommand.Run(
            ["taskset", "--cpu-list", "0", programs["aot/connectload"], "burst", "127.0.0.1", port, Connects]));
        End(tracing);
        rows.Wait();
        server.StandardInput.Close();
        server.WaitForExit();
        return summary.Success && summary.Groups["connected"].ValueSpan.SequenceEqual(Connects)
            ? [summary.Number("median"), 1e9 / summary.Number("rate")]
            : throw new InvalidOperationException("connectload did not say that all connects succeeded");
    }

    private static Process Start(IReadOnlyList<string> command)
    {
        ProcessStartInfo start = new(s_beside[0], [.. s_beside.Skip(1), .. command])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        return Process.Start(start)!;
    }

    private static string ReadLine(Process process) => process.StandardOutput.ReadLine()
        ?? throw new InvalidOperationException($"failed: {string.Join(' ', process.StartInfo.ArgumentList)}");

    // Waits for the header; what comes after it is read as it comes.
    private static Task Drain(Process process)
    {
        ReadLine(process);
        return process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
    }

    private static void End(Process? process)
    {
        if (process is not null)
        {
            _ = LibC.kill(process.Id, LibC.SIGTERM);
            process.WaitForExit();
        }
    }

    [GeneratedRegex(@" connected=(?<connected>\d+) .* per_second=(?<rate>\d+) p50_ns=(?<median>\d+) ")]
    private static partial Regex SummaryLine();
}
