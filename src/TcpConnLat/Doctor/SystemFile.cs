namespace TcpConnLat.Doctor;

/// <summary>Files in which the kernel tells about itself. One that cannot be read tells nothing.</summary>
internal static class SystemFile
{
    /// <summary>The text without surrounding white space, or null.</summary>
    /// <param name="path">Absolute path.</param>
    public static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The size in bytes, or null.</summary>
    /// <param name="path">Absolute path.</param>
    public static long? TryGetSize(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? file.Length : null;
    }
}
