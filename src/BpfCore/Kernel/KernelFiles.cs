using System.Text;
using Microsoft.Win32.SafeHandles;

namespace BpfCore.Kernel;

/// <summary>The text files through which the kernel tells about itself (<c>/proc</c>, <c>/sys</c>).</summary>
/// <param name="root">Directory that stands for <c>/</c>; tests put a tree of their own here.</param>
internal sealed class KernelFiles(string root)
{
    private const int UsualLength = 2048;

    /// <summary>The files of the running kernel.</summary>
    public static KernelFiles Host { get; } = new("/");

    /// <summary>Where a file of the kernel is found, for example <c>/proc/self/status</c>.</summary>
    public string PathOf(string path) => Path.Join(root, path);

    /// <summary>Whether there is such a file or directory.</summary>
    public bool Exists(string path) => Path.Exists(PathOf(path));

    /// <summary>The whole text, or null when the file is absent or may not be read.</summary>
    public string? TryRead(string path) => TryReadBytes(path) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;

    /// <summary>All bytes, or null when the file is absent or may not be read.</summary>
    // Kernels lack many of them, and to look first takes far less time than an exception.
    public byte[]? TryReadBytes(string path)
    {
        try
        {
            return Exists(path) ? ReadToEnd(PathOf(path)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>What a symbolic link says, or null when there is none.</summary>
    public string? TryReadLink(string path)
    {
        try
        {
            return new FileInfo(PathOf(path)).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The whole text.</summary>
    /// <exception cref="KernelFeatureException">The file is absent or may not be read.</exception>
    public string Read(string path) =>
        TryRead(path) ?? throw new KernelFeatureException(path, "the file is missing or may not be read");

    // The sizes that the kernel gives for such files are 0, a page, or right; what counts is where reading ends.
    private static byte[] ReadToEnd(string path)
    {
        using SafeFileHandle file = File.OpenHandle(path);
        byte[] bytes = new byte[UsualLength];
        int length = 0;
        while (RandomAccess.Read(file, bytes.AsSpan(length), length) is > 0 and int count)
        {
            length += count;
            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, 2 * length);
            }
        }

        Array.Resize(ref bytes, length);
        return bytes;
    }
}
