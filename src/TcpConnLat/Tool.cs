using System.Text;
using BpfCore.Diagnostics;
using Microsoft.Win32.SafeHandles;
using TcpConnLat.Attach;
using TcpConnLat.CommandLine;
using TcpConnLat.Doctor;
using TcpConnLat.Output;
using TcpConnLat.Tracing;
using TcpConnLat.Verbose;

namespace TcpConnLat;

/// <summary>Carries out what the command line asks for.</summary>
internal static class Tool
{
    private const int StandardOutputDescriptor = 1;

    /// <summary>Carries a request out.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The exit code.</returns>
    public static int Run(Request request)
    {
        ArgumentNullException.ThrowIfNull(request);
        using StopSignals signals = new();
        return request switch
        {
            Request.Trace trace => Trace(trace.Options, signals.Token),
            Request.Doctor => Examine(signals.Token),
            Request.Help => Print(HelpText.Bytes),
            Request.Version => Print(Encoding.UTF8.GetBytes($"tcpconnlat {ToolVersion.Text}\n")),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request, "not a request"),
        };
    }

    private static int Trace(TraceOptions options, CancellationToken stop)
    {
        OutputBuffer output = new(StandardOutput.Open());
        using StandardError error = new();
        BpfObserver? observer = options.IsVerbose ? new StepPrinter(error) : null;
        using ConnectTracer tracer = ConnectTracer.Start(options, observer, stop);
        Announce(tracer.Probes, options);

        using SafeFileHandle descriptor = new(StandardOutputDescriptor, ownsHandle: false);
        tracer.WatchForHangup(descriptor);
        TraceEnd end = new TraceLoop(tracer, options, output, TimeProvider.System).Run(stop);
        ReportLosses(tracer.ReadLosses(), end, options);
        return ExitCode.Success;
    }

    private static int Examine(CancellationToken stop)
    {
        bool canRun = new Examination(SystemFacts.Gather(), new TracerWayTester(stop)).Run(out string report);
        Print(Encoding.UTF8.GetBytes(report));
        return canRun ? ExitCode.Success : ExitCode.Failure;
    }

    private static int Print(ReadOnlySpan<byte> text)
    {
        OutputBuffer output = new(StandardOutput.Open());
        output.Append(text);
        output.Flush();
        return ExitCode.Success;
    }

    private static void Announce(AttachedProbes probes, TraceOptions options)
    {
        if (probes.IPv6 is null)
        {
            Messages.Write($"connects of IPv6 sockets are not shown: {probes.StepsDown[^1].Reason}");
        }

        if (options.IsVerbose)
        {
            Messages.Write(
                $"IPv4 by {probes.IPv4.Name()}, IPv6 by {probes.IPv6?.Name() ?? "nothing"}, "
                    + $"state changes by {probes.StateChanges.Name()}");
        }
    }

    private static void ReportLosses(Losses losses, TraceEnd end, TraceOptions options)
    {
        if (losses.Any)
        {
            Messages.Write(losses.Describe());
        }

        if (options.IsVerbose)
        {
            Messages.Write(
                $"the rings themselves reported {end.RingLost} lost records; "
                    + $"{end.Surplus} events came after the last row");
        }
    }
}
