namespace ConnectLoad;

/// <summary>The kernel's name of the calling thread, which BPF programs see as comm (at most 15 bytes).</summary>
internal static class ThreadName
{
    private const string File = "/proc/thread-self/comm";

    /// <summary>The name now.</summary>
    public static string Read() => System.IO.File.ReadAllText(File)[..^1];

    /// <summary>Changes the name; the kernel cuts it.</summary>
    public static void Write(string name) => System.IO.File.WriteAllText(File, name);
}
