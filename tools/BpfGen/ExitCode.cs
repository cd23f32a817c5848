namespace BpfGen;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>The class was written.</summary>
    public const int Success = 0;

    /// <summary>An object cannot be read, or no class can be made of it.</summary>
    public const int Failure = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;
}
