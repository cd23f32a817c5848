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

    /// <summary>Loads the types, or returns null when the kernel does not take them: programs work without.</summary>
    public LoadedBtf? Load(BtfFile types)
    {
        if (calls.Bpf.TryBtfLoad(types.Data.Span, log: default, out SafeFdHandle? btf, out Errno error))
        {
            return new LoadedBtf(btf, hasFunctions: true);
        }

        byte[] sanitized = types.Data.ToArray();
        if (error == Errno.EINVAL && LackingKinds() is { Count: > 0 } lacking)
        {
            sanitized = BtfSanitizer.Sanitize(types, lacking);
            Report(types, "its types as they are", "its types without what this kernel does not know", error.Symbol());
            if (calls.Bpf.TryBtfLoad(sanitized, log: default, out btf, out error))
            {
                return new LoadedBtf(btf, hasFunctions: !lacking.Contains(KernelFeature.BtfFunctions));
            }
        }

        Report(types, "its types", "no types", $"{error.Symbol()}: {ReadLog(sanitized)}");
        return null;
    }

    private HashSet<KernelFeature> LackingKinds()
    {
        ReadOnlySpan<KernelFeature> kinds =
        [
            KernelFeature.BtfFunctions, KernelFeature.BtfGlobalFunctions, KernelFeature.BtfDataSections,
            KernelFeature.BtfFloat, KernelFeature.BtfDeclarationTags, KernelFeature.BtfTypeTags,
            KernelFeature.BtfEnum64,
        ];
        HashSet<KernelFeature> lacking = [];
        foreach (KernelFeature kind in kinds)
        {
            if (features.Lacks(kind))
            {
                lacking.Add(kind);
            }
        }

        return lacking;
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
