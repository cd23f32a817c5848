namespace BpfCore.Linking;

/// <summary>
/// What external symbols of an object need to know of a kernel beside its types. Each member is asked only when an
/// object refers to it.
/// </summary>
public interface IKernelFacts
{
    /// <summary>Version as <c>LINUX_VERSION_CODE</c>, for <c>LINUX_KERNEL_VERSION</c>.</summary>
    uint VersionCode { get; }

    /// <summary>Whether links carry a cookie, for <c>LINUX_HAS_BPF_COOKIE</c> (5.15).</summary>
    bool HasCookies { get; }

    /// <summary>
    /// Whether system calls take their arguments in a <c>struct pt_regs</c>, for <c>LINUX_HAS_SYSCALL_WRAPPER</c>.
    /// </summary>
    bool HasSyscallWrappers { get; }

    /// <summary>
    /// The options of the kernel's configuration with their values as the file has them: <c>y</c>, <c>m</c>, a number,
    /// or a text in quotes. Those that are not set are absent.
    /// </summary>
    /// <exception cref="KernelFeatureException">The configuration is nowhere to be read.</exception>
    IReadOnlyDictionary<string, string> Configuration { get; }

    /// <summary>Looks for symbols of the kernel and its modules.</summary>
    /// <param name="names">Their names.</param>
    /// <returns>The addresses of those that there are; 0 where the kernel hides addresses.</returns>
    /// <exception cref="KernelFeatureException">A name stands for several addresses.</exception>
    IReadOnlyDictionary<string, ulong> FindSymbols(IReadOnlySet<string> names);
}
