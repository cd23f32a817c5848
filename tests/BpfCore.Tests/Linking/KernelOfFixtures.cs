using BpfCore.Linking;

namespace BpfCore.Tests.Linking;

/// <summary>A kernel that has what the objects ext-* of the fixtures ask for.</summary>
internal sealed class KernelOfFixtures : IKernelFacts
{
    public uint VersionCode => 0x06_12_2C;

    public bool HasCookies => true;

    public bool HasSyscallWrappers => true;

    public IReadOnlyDictionary<string, string> Configuration { get; } = new Dictionary<string, string>
    {
        ["CONFIG_64BIT"] = "y",
        ["CONFIG_BPF"] = "y",
        ["CONFIG_BPF_SYSCALL"] = "y",
        ["CONFIG_CC_VERSION_TEXT"] = "\"gcc (Debian 12.2.0-14) 12.2.0\"",
        ["CONFIG_DEFAULT_HOSTNAME"] = "\"(none)\"",
        ["CONFIG_HZ"] = "250",
        ["CONFIG_LOG_BUF_SHIFT"] = "17",
        ["CONFIG_NR_CPUS"] = "8192",
        ["CONFIG_PGTABLE_LEVELS"] = "5",
        ["CONFIG_PHYSICAL_START"] = "0x1000000",
    };

    /// <summary>Addresses of the kernel's symbols.</summary>
    public Dictionary<string, ulong> Symbols { get; } = new() { ["schedule"] = 0xffff_ffff_8121_f8e0 };

    public IReadOnlyDictionary<string, ulong> FindSymbols(IReadOnlySet<string> names) =>
        Symbols.Where(symbol => names.Contains(symbol.Key)).ToDictionary();
}
