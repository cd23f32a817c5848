using Tmds.Linux;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>The built tool, running in its own process with its header printed, so with everything attached.</summary>
internal sealed class TcpConnLatProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly ChildProcess _process;
    private readonly RowParser _parser;

    private TcpConnLatProcess(ChildProcess process)
    {
        _process = process;
        if (!process.Output.WaitForLines(1, s_patience))
        {
            throw new InvalidOperationException($"tcpconnlat printed no header. {process.Errors.Text}");
        }

        _parser = new RowParser(process.Output.Lines[0]);
    }

    /// <summary>Its process ID.</summary>
    public int Id => _process.Id;

    /// <summary>What it wrote to standard error so far.</summary>
    public IReadOnlyList<string> ErrorLines => _process.Errors.Lines;

    /// <summary>All rows so far, of all processes on the machine.</summary>
    public IEnumerable<Row> Rows => _process.Output.Lines.Skip(1).Select(_parser.Parse);

    /// <summary>How many connects it said, at its end, that it has no row for.</summary>
    public long ReportedLosses => LossReport.Sum(ErrorLines);

    /// <summary>The command that starts the tool.</summary>
    public static string[] Command(params string[] arguments) => [.. BuiltProgram.Tool, .. arguments];

    /// <summary>Starts it and waits for its header.</summary>
    public static TcpConnLatProcess Start(params string[] arguments) =>
        new(ChildProcess.Start(Command(arguments)));

    /// <summary>The rows of one process.</summary>
    public Row[] RowsOf(int processId) => [.. Rows.Where(row => row.ProcessId == processId)];

    /// <summary>Waits until it printed this many rows, of whatever process.</summary>
    public bool WaitForRows(int count) => _process.Output.WaitForLines(count + 1, s_patience);

    /// <summary>Ends it by SIGINT; what was pending has then been printed.</summary>
    public ProcessExit Stop() => Signal(LibC.SIGINT);

    /// <summary>Sends a signal that does not end it.</summary>
    public void Send(int signal) => _process.Send(signal);

    /// <summary>Sends a signal and waits for its end.</summary>
    public ProcessExit Signal(int signal) => _process.Signal(signal, s_patience);

    /// <summary>Waits for it to end by itself.</summary>
    public ProcessExit WaitForExit() => _process.WaitForExit(s_patience);

    /// <inheritdoc/>
    public void Dispose() => _process.Dispose();
}
