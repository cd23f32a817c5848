namespace TcpConnLat.Tracing;

/// <summary>What a finished trace knows beside its rows and its <see cref="Losses"/>.</summary>
/// <param name="RingLost">The records that the rings reported as lost, a cross-check of <see cref="Losses"/>.</param>
/// <param name="Surplus">The events that came after the last row that was asked for.</param>
internal readonly record struct TraceEnd(ulong RingLost, ulong Surplus);
