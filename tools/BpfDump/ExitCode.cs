namespace BpfDump;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All that was asked for is on standard output.</summary>
    public const int Success = 0;

    /// <summary>An input cannot be read or is damaged, or the output cannot be written.</summary>
    public const int Failure = 1;

    /// <summary>The command line was not understood.</summary>
    public const int Usage = 2;
}
