using System.Diagnostics;
using System.Globalization;
using Tmds.Linux;
using Xunit;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>
/// The built tool with its rows counted only, for as many as eventload makes. Real connects are filtered out, by a
/// process that is none.
/// </summary>
internal sealed class FloodedTool : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly LineCollector _errors;
    private readonly RowCounter _rows;

    private FloodedTool(Process process, TimeSpan pause)
    {
        _process = process;
        _errors = new LineCollector(process.StandardError);
        _rows = new RowCounter(process.StandardOutput.BaseStream, pause);
        Assert.True(_rows.WaitForRows(0, s_patience), $"no header: {_errors.Text}");
    }

    /// <summary>Its process ID.</summary>
    public int Id => _process.Id;

    /// <summary>The rows so far.</summary>
    public RowCounter Rows => _rows;

    /// <summary>What it wrote to standard error so far.</summary>
    public IReadOnlyList<string> ErrorLines => _errors.Lines;

    /// <summary>Memory that it has now (VmRSS), in KiB.</summary>
    public int ResidentKilobytes
    {
        get
        {
            string line = File.ReadLines($"/proc/{Id}/status").Single(
                line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return int.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1],
                CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Starts it and waits for its header.</summary>
    public static FloodedTool Start(params string[] arguments) => Start(TimeSpan.Zero, arguments);

    /// <summary>Starts it, and reads its rows slowly.</summary>
    /// <param name="pause">How long to wait before each block of 64 KiB is read.</param>
    /// <param name="arguments">Its arguments.</param>
    public static FloodedTool Start(TimeSpan pause, params string[] arguments)
    {
        string[] words = [.. TcpConnLatProcess.Command(arguments), "-p", $"{int.MaxValue}"];
        ProcessStartInfo start = new(words[0], words[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new FloodedTool(Process.Start(start)!, pause);
    }

    /// <summary>Waits until it printed this many rows.</summary>
    public bool WaitForRows(long count) => _rows.WaitForRows(count, s_patience);

    /// <summary>Ends it by SIGINT.</summary>
    public void Stop()
    {
        Assert.Equal(0, LibC.kill(Id, LibC.SIGINT));
        WaitForExit();
    }

    /// <summary>Waits for its end, which must be a success, and for the last of its output.</summary>
    public void WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_patience), "it is still running");
        Assert.True(_rows.WaitForEnd(s_patience), "its output has no end");
        _errors.WaitForEnd(s_patience);
        Assert.True(_process.ExitCode == 0, $"it ended with {_process.ExitCode}: {_errors.Text}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
