namespace TcpConnLat.Output;

/// <summary>Tells the end of a pipe's reader from other output errors.</summary>
internal static class BrokenPipe
{
    // errno EPIPE: on Unix an IOException carries the errno as its HResult.
    private const int BrokenPipeErrno = 32;

    /// <summary>Whether an error says that nobody reads the pipe any more.</summary>
    /// <param name="error">The error of a write.</param>
    public static bool Is(IOException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.HResult == BrokenPipeErrno;
    }
}
