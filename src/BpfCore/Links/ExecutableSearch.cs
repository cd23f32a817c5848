namespace BpfCore.Links;

/// <summary>Finds programs and libraries by their names, where the shell and the dynamic linker look.</summary>
internal static class ExecutableSearch
{
    private static readonly string[] s_libraryFolders =
    [
        "/usr/lib64", "/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/lib64", "/lib",
        "/lib/x86_64-linux-gnu", "/lib/aarch64-linux-gnu",
    ];

    private static readonly string[] s_programFolders = ["/usr/bin", "/usr/sbin", "/bin", "/sbin"];

    /// <summary>The path of a file; one that has a <c>/</c> is taken as it is.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public static string Resolve(string path)
    {
        if (path.Contains('/', StringComparison.Ordinal))
        {
            return File.Exists(path) ? path : throw new FileNotFoundException($"{path}: there is no such file", path);
        }

        bool isLibrary = path.EndsWith(".so", StringComparison.Ordinal)
            || path.Contains(".so.", StringComparison.Ordinal);
        string[] folders = isLibrary
            ? [.. Variable("LD_LIBRARY_PATH"), .. s_libraryFolders]
            : [.. Variable("PATH"), .. s_programFolders];
        foreach (string folder in folders)
        {
            string candidate = Path.Join(folder, path);
            if (File.Exists(candidate))
            {
                return candidate;
            }
        }

        throw new FileNotFoundException($"{path} is in none of {string.Join(", ", folders)}; give its path", path);
    }

    private static string[] Variable(string name) =>
        Environment.GetEnvironmentVariable(name)?.Split(':', StringSplitOptions.RemoveEmptyEntries) ?? [];
}
