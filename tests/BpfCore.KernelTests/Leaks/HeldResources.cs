using Xunit;

namespace BpfCore.KernelTests.Leaks;

/// <summary>
/// What this process held of the kernel at one moment: descriptors and mappings, each by its place and what it is.
/// </summary>
/// <remarks>
/// What was forgotten before that moment is closed before it is taken, and only what is new counts afterwards: something
/// older that goes away meanwhile cannot hide a leak, nor look like one.
/// </remarks>
internal sealed class HeldResources
{
    private const string Descriptors = "/proc/self/fd";

    private readonly HashSet<string> _descriptors = ReadDescriptors();
    private readonly HashSet<string> _mappings = ReadMappings();

    private HeldResources()
    {
    }

    /// <summary>What is held now.</summary>
    public static HeldResources Take()
    {
        Settle();
        return new HeldResources();
    }

    /// <summary>
    /// Descriptors opened since, as <c>NUMBER TARGET</c>: those that this library can hold, of BPF objects, perf events,
    /// epoll and files of the kernel. The sockets and pipes of the test platform come and go.
    /// </summary>
    public string[] NewDescriptors() => [.. ReadDescriptors().Except(_descriptors).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Mappings of BPF maps, perf rings and kernel types made since, as lines of <c>maps</c>; the memory of the runtime
    /// itself comes and goes.
    /// </summary>
    public string[] NewMappings() => [.. ReadMappings().Except(_mappings).Order(StringComparer.Ordinal)];

    /// <summary>Fails if anything is held that was not. No collection is forced before: disposing must be enough.</summary>
    public void AssertNothingNew()
    {
        Assert.Empty(NewDescriptors());
        Assert.Empty(NewMappings());
    }

    // Twice: a finalizer may let go of what has a finalizer itself.
    private static void Settle()
    {
        for (int round = 0; round < 2; round++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    private static HashSet<string> ReadDescriptors()
    {
        HashSet<string> held = [];
        foreach (FileInfo link in new DirectoryInfo(Descriptors).EnumerateFiles())
        {
            if (link.LinkTarget is string target
                && (target.StartsWith("anon_inode:", StringComparison.Ordinal)
                    || target.StartsWith("/sys/", StringComparison.Ordinal)))
            {
                held.Add($"{link.Name} {target}");
            }
        }

        return held;
    }

    private static HashSet<string> ReadMappings() =>
    [
        .. File.ReadLines("/proc/self/maps")
            .Where(static line => line.Contains("anon_inode:", StringComparison.Ordinal)
                || line.Contains("/sys/kernel/btf", StringComparison.Ordinal)),
    ];
}
