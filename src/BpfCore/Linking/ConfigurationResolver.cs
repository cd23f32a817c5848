using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>Fills in the values of <c>.kconfig</c>.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="overrides">
/// Options that come before those of the kernel, or null. While they answer for all values, the kernel's configuration
/// is not asked for, so that an object may be loaded where it cannot be read.
/// </param>
internal sealed class ConfigurationResolver(
    IKernelFacts kernel, IReadOnlyDictionary<string, string>? overrides = null)
{
    private const string OptionPrefix = "CONFIG_";
    private const string VirtualPrefix = "LINUX_";

    /// <summary>The values of an object's externs; empty when it has none.</summary>
    /// <exception cref="KernelFeatureException">
    /// A value is missing and its extern not weak, or it does not fit, or the configuration cannot be read.
    /// </exception>
    public byte[] Resolve(BpfObjectSpec spec)
    {
        List<ExternSpec> values = spec.ExternsOf(ExternKind.Configuration);
        byte[] bytes = new byte[values.Count == 0 ? 0 : values[^1].Offset + values[^1].Size];
        foreach (ExternSpec value in values)
        {
            if (!TryWrite(value, bytes.AsSpan((int)value.Offset, (int)value.Size)) && !value.IsWeak)
            {
                throw Missing(value);
            }
        }

        return bytes;
    }

    private bool TryWrite(ExternSpec value, Span<byte> target)
    {
        if (value.Name.StartsWith(OptionPrefix, StringComparison.Ordinal))
        {
            return TryWrite(value, overrides, target) || TryWrite(value, kernel.Configuration, target);
        }

        ulong? number = Virtual(value);
        if (number is not null)
        {
            ConfigurationValue.Write(value, number.Value, target);
        }

        return number is not null;
    }

    private static bool TryWrite(ExternSpec value, IReadOnlyDictionary<string, string>? options, Span<byte> target)
    {
        if (options is null || !options.TryGetValue(value.Name, out string? text))
        {
            return false;
        }

        ConfigurationValue.Write(value, text, target);
        return true;
    }

    // What no configuration says, but the loader knows.
    private ulong? Virtual(ExternSpec value) => value.Name switch
    {
        "LINUX_KERNEL_VERSION" => kernel.VersionCode,
        "LINUX_HAS_BPF_COOKIE" => kernel.HasCookies ? 1ul : 0,
        "LINUX_HAS_SYSCALL_WRAPPER" => kernel.HasSyscallWrappers ? 1ul : 0,
        _ when value.IsWeak && value.Name.StartsWith(VirtualPrefix, StringComparison.Ordinal) => null,
        _ => throw new KernelFeatureException(
            value.ToString(),
            "no value of .kconfig has this name; they begin with CONFIG_, or are LINUX_KERNEL_VERSION, " +
            "LINUX_HAS_BPF_COOKIE and LINUX_HAS_SYSCALL_WRAPPER"),
    };

    private static KernelFeatureException Missing(ExternSpec value) => new(
        value.ToString(),
        "the kernel's configuration does not set it; declare it __weak to read 0 where it is not set");
}
