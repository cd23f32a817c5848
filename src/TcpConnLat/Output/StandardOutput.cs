using System.Runtime.CompilerServices;
using Microsoft.Win32.SafeHandles;

namespace TcpConnLat.Output;

/// <summary>Standard output as a stream of bytes.</summary>
internal static class StandardOutput
{
    private const int FileDescriptor = 1;

    /// <summary>Opens standard output without a buffer.</summary>
    /// <remarks>
    /// A pipe or a terminal is written through a <see cref="FileStream"/>: it reports EPIPE, which the stream of
    /// <see cref="Console"/> swallows, and it spares the 9 ms that loading System.Console takes under the JIT. A file
    /// is written through <see cref="Console"/>, because a <see cref="FileStream"/> keeps an offset of its own
    /// (<c>pwrite</c>), and would overwrite what others, or our own standard error, write to the same open file.
    /// </remarks>
    /// <exception cref="IOException">Standard output is closed.</exception>
    public static Stream Open()
    {
        FileStream stream = new(new SafeFileHandle(FileDescriptor, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        return stream.CanSeek ? OpenByConsole() : stream;
    }

    // Apart, as a method is compiled, or made ready to run, with all that it names.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Stream OpenByConsole() => Console.OpenStandardOutput();
}
