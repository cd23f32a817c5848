namespace TcpConnLat;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done: stopped by a signal or a closed pipe, or the count or the duration was reached.</summary>
    public const int Success = 0;

    /// <summary>Tracing was not possible, or broke off.</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;
}
