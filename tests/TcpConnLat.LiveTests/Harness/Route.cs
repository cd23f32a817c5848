using System.Net;

namespace TcpConnLat.LiveTests.Harness;

/// <summary>The addresses of a connect's two ends, as they are on the wire.</summary>
internal sealed record Route(IPAddress Local, IPAddress Remote);
