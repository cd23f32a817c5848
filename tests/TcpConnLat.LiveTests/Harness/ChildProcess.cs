using System.Diagnostics;
using System.Text;
using Tmds.Linux;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>A process with its output collected line by line; killed when disposed.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan s_readerPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly LineCollector _output;
    private readonly LineCollector _errors;

    private ChildProcess(Process process)
    {
        _process = process;
        _output = new LineCollector(process.StandardOutput);
        _errors = new LineCollector(process.StandardError);
    }

    /// <summary>Its process ID.</summary>
    public int Id => _process.Id;

    /// <summary>The lines of standard output.</summary>
    public LineCollector Output => _output;

    /// <summary>The lines of standard error.</summary>
    public LineCollector Errors => _errors;

    /// <summary>Starts a program found in PATH.</summary>
    public static ChildProcess Start(params IEnumerable<string> command)
    {
        string[] words = [.. command];
        ProcessStartInfo start = new(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,

            // One character a byte, so that widths in bytes are widths in characters.
            StandardOutputEncoding = Encoding.Latin1,
        };
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Runs a program to its end, which must be a success.</summary>
    public static string Run(params IEnumerable<string> command) => RunWithInput("", command);

    /// <summary>Runs a program that reads a text to its end, which must be a success.</summary>
    public static string RunWithInput(string input, params IEnumerable<string> command)
    {
        string[] words = [.. command];
        using ChildProcess child = Start(words);
        child._process.StandardInput.Write(input);
        child.EndInput();
        int exitCode = child.WaitForExit(TimeSpan.FromSeconds(20)).Code;
        return exitCode == 0
            ? child.Output.Text
            : throw new InvalidOperationException(
                $"'{string.Join(' ', words)}' ended with {exitCode}: {child.Errors.Text}");
    }

    /// <summary>Writes a line to its standard input.</summary>
    public void WriteLine(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Closes its standard input.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>Sends a signal and waits for the end.</summary>
    public ProcessExit Signal(int signal, TimeSpan patience)
    {
        Send(signal);
        return WaitForExit(patience);
    }

    /// <summary>Sends a signal.</summary>
    public void Send(int signal)
    {
        if (LibC.kill(Id, signal) != 0)
        {
            throw new InvalidOperationException($"kill({Id}, {signal}): errno {LibC.errno}");
        }
    }

    /// <summary>Waits for the end, and for the last of its output.</summary>
    /// <exception cref="TimeoutException">It is still running.</exception>
    public ProcessExit WaitForExit(TimeSpan patience)
    {
        var clock = Stopwatch.StartNew();
        if (!_process.WaitForExit(patience))
        {
            throw new TimeoutException($"Process {Id} is still running after {patience}. {Errors.Text}");
        }

        TimeSpan elapsed = clock.Elapsed;
        _output.WaitForEnd(s_readerPatience);
        _errors.WaitForEnd(s_readerPatience);
        return new ProcessExit(_process.ExitCode, elapsed);
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
