namespace TcpConnLat.CommandLine;

/// <summary>What a command line asks for.</summary>
internal abstract record Request
{
    /// <summary>Trace connects.</summary>
    /// <param name="Options">What to trace and how to show it.</param>
    public sealed record Trace(TraceOptions Options) : Request;

    /// <summary>Examine whether and how this system can be traced.</summary>
    public sealed record Doctor : Request;

    /// <summary>Show the help text.</summary>
    public sealed record Help : Request;

    /// <summary>Show the version.</summary>
    public sealed record Version : Request;
}
