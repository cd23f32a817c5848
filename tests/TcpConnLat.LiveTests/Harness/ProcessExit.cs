namespace TcpConnLat.LiveTests.Harness;

/// <summary>How a process ended.</summary>
/// <param name="Code">Its exit code; 128 + signal if a signal killed it.</param>
/// <param name="Elapsed">From the start of the wait, which is just after the signal if one was sent.</param>
internal readonly record struct ProcessExit(int Code, TimeSpan Elapsed);
