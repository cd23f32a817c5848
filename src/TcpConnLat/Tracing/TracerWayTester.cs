using BpfCore;
using TcpConnLat.Attach;
using TcpConnLat.CommandLine;
using TcpConnLat.Doctor;

namespace TcpConnLat.Tracing;

/// <summary>Tries a way by starting to trace with it, and stopping at once.</summary>
/// <param name="stop">Cancelled by SIGINT and SIGTERM.</param>
internal sealed class TracerWayTester(CancellationToken stop) : IWayTester
{
    /// <inheritdoc/>
    public WayTrial Try(AttachWay? forcedWay)
    {
        try
        {
            using ConnectTracer tracer = ConnectTracer.Start(
                new TraceOptions { ForcedWay = forcedWay }, observer: null, stop);
            AttachedProbes probes = tracer.Probes;
            string? problem = probes.IPv6 is null ? probes.StepsDown[^1].Reason : null;
            return new WayTrial(probes.IPv4, probes.IPv6, problem);
        }
        catch (AttachException error)
        {
            return new WayTrial(null, null, error.InnerException?.Message ?? error.Message);
        }
        catch (BpfException error)
        {
            return new WayTrial(null, null, error.Message);
        }
    }
}
