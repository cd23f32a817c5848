namespace BpfCore.Linking;

/// <summary>A kernel of which nothing but its types is known.</summary>
internal sealed class UnknownKernel : IKernelFacts
{
    private UnknownKernel()
    {
    }

    public static UnknownKernel Instance { get; } = new();

    public uint VersionCode => throw Unknown("LINUX_KERNEL_VERSION");

    public bool HasCookies => throw Unknown("LINUX_HAS_BPF_COOKIE");

    public bool HasSyscallWrappers => throw Unknown("LINUX_HAS_SYSCALL_WRAPPER");

    public IReadOnlyDictionary<string, string> Configuration => throw Unknown("kernel configuration");

    public IReadOnlyDictionary<string, ulong> FindSymbols(IReadOnlySet<string> names) =>
        throw Unknown($"kernel symbol {names.First()}");

    private static KernelFeatureException Unknown(string feature) =>
        new(feature, "only the types of the kernel were given, not what it says of itself");
}
