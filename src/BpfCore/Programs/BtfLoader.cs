using System.Text;
using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>Hands an object's types to the kernel, changed as far as an older kernel needs it.</summary>
internal sealed class BtfLoader(SystemCalls calls, KernelFeatures features)
{
    private const int LogSize = 64 * 1024;

    private static readonly (KernelFeature Feature, BtfFeatures Kinds)[] s_kinds =
    [
        (KernelFeature.BtfFunctions, BtfFeatures.Functions),
        (KernelFeature.BtfDataSections, BtfFeatures.DataSections),
        (KernelFeature.BtfGlobalFunctions, BtfFeatures.GlobalFunctions),
        (KernelFeature.BtfFloat, BtfFeatures.Floats),
        (KernelFeature.BtfDeclarationTags, BtfFeatures.DeclarationTags),
        (KernelFeature.BtfTypeTags, BtfFeatures.TypeTags),
        (KernelFeature.BtfEnum64, BtfFeatures.Enum64),
    ];

    /// <summary>Loads the types, or returns null when the kernel does not take them: programs work without.</summary>
    /// <param name="types">The object's types.</param>
    /// <param name="hiddenFunctions">Names of global functions that no other object sees; they become static.</param>
    public LoadedBtf? Load(BtfFile types, IReadOnlySet<string> hiddenFunctions)
    {
        ReadOnlyMemory<byte> bytes = BtfSanitizer.Sanitize(types, BtfFeatures.All, hiddenFunctions);
        if (calls.Bpf.TryBtfLoad(bytes.Span, log: default, out SafeFdHandle? btf, out Errno error))
        {
            return new LoadedBtf(btf, hasFunctions: true);
        }

        if (error == Errno.EINVAL && Supported() is BtfFeatures supported and not BtfFeatures.All)
        {
            bytes = BtfSanitizer.Sanitize(types, supported, hiddenFunctions);
            Report(types, "its types as they are", "its types without what this kernel does not know", error.Symbol());
            if (calls.Bpf.TryBtfLoad(bytes.Span, log: default, out btf, out error))
            {
                return new LoadedBtf(btf, hasFunctions: (supported & BtfFeatures.Functions) != 0);
            }
        }

        Report(types, "its types", "no types", $"{error.Symbol()}: {ReadLog(bytes.Span)}");
        return null;
    }

    private BtfFeatures Supported()
    {
        BtfFeatures supported = BtfFeatures.All;
        foreach ((KernelFeature feature, BtfFeatures kinds) in s_kinds)
        {
            if (features.Lacks(feature))
            {
                supported &= ~kinds;
            }
        }

        // Names of data sections with a leading ? came two years after the youngest kind of the table.
        return supported == BtfFeatures.All ? supported : supported & ~BtfFeatures.OptionalSections;
    }

    private string ReadLog(ReadOnlySpan<byte> types)
    {
        if (calls.Observer is null)
        {
            return string.Empty;
        }

        byte[] log = new byte[LogSize];
        calls.Bpf.TryBtfLoad(types, log, out SafeFdHandle? btf, out _);
        btf?.Dispose();
        string text = Encoding.UTF8.GetString(log).TrimEnd('\0', '\n');
        return text[(text.LastIndexOf('\n') + 1)..];
    }

    private void Report(BtfFile types, string from, string to, string reason) =>
        calls.Observer?.OnFallback(new FallbackTaken($"BTF of {types.Name}", from, to, reason));
}
