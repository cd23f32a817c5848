using System.Runtime.InteropServices;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Linking;

namespace BpfCore.Objects;

/// <summary>What the running kernel says of itself, for the external symbols of objects.</summary>
public sealed class RunningKernel : IKernelFacts
{
    private readonly KernelFiles _files;
    private readonly KernelFeatures _features;
    private readonly BpfObserver? _observer;
    private readonly KernelSymbols _symbols;
    private KernelConfig? _configuration;

    internal RunningKernel(KernelFiles files, KernelFeatures features, BpfObserver? observer)
    {
        _files = files;
        _features = features;
        _observer = observer;
        _symbols = new KernelSymbols(files);
    }

    /// <summary>The running kernel, as unprivileged users see it too.</summary>
    public static RunningKernel Facts { get; } = new(KernelFiles.Host, KernelFeatures.Current, observer: null);

    /// <inheritdoc/>
    public uint VersionCode => KernelVersion.Read(_files).Code;

    /// <inheritdoc/>
    public bool HasCookies => !_features.Lacks(KernelFeature.AttachCookies);

    /// <inheritdoc/>
    /// <remarks>
    /// Told by the names of its system calls. libbpf asks by making a kprobe, which says no where there are no kprobes.
    /// </remarks>
    public bool HasSyscallWrappers => RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => _symbols.Has("__x64_sys_bpf"),
        Architecture.Arm64 => _symbols.Has("__arm64_sys_bpf"),
        _ => false,
    };

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, string> Configuration => (_configuration ??= KernelConfig.Read(_files)).Options;

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, ulong> FindSymbols(IReadOnlySet<string> names)
    {
        IReadOnlyDictionary<string, ulong> found = _symbols.Find(names);
        foreach ((string name, ulong address) in found)
        {
            if (address == 0)
            {
                _observer?.OnFallback(new FallbackTaken(
                    $"kernel symbol {name}", "its address", "0", "kernel.kptr_restrict hides addresses"));
            }
        }

        return found;
    }
}
