using System.Runtime.InteropServices;

namespace TcpConnLat.Tracing;

/// <summary>
/// SIGINT and SIGTERM as a request to stop, also where they were ignored when the tool was started. The second signal
/// takes its default action and kills.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    /// <summary>Starts to listen.</summary>
    public StopSignals()
    {
        _interrupt = Listen(PosixSignal.SIGINT);
        _terminate = Listen(PosixSignal.SIGTERM);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private PosixSignalRegistration Listen(PosixSignal signal)
    {
        SignalAction.ResetToDefault(signal);
        return PosixSignalRegistration.Create(signal, OnSignal);
    }

    private void OnSignal(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
        {
            return;
        }

        context.Cancel = true;
        try
        {
            _source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The tool is ending already, and disposing a registration does not wait for a handler that runs.
        }
    }
}
