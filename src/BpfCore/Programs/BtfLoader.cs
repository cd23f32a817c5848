using BpfCore.Btf;
using BpfCore.Diagnostics;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Programs;

/// <summary>Hands an object's types to the kernel, changed as far as an older kernel needs it.</summary>
internal sealed class BtfLoader(SystemCalls calls, KernelFeatures features)
{
    private const int LogSize = 64 * 1024;

    /// <summary>Loads the types, or returns null when the kernel does not take them: programs work without.</summary>
    /// <param name="types">Types of an object.</param>
    /// <param name="hiddenFunctions">Names of functions that the kernel shall take for static ones.</param>
    /// <param name="programs">The object's programs.</param>
    public LoadedBtf? Load(
        BtfFile types, IReadOnlySet<string> hiddenFunctions, IEnumerable<ProgramSpec> programs)
    {
        ContextArguments? arguments = null;
        if (ContextArguments.AreIn(types) && features.Lacks(KernelFeature.ContextArgumentTags))
        {
            arguments = ContextArguments.Add(types, programs);
            types = arguments.Types;
            Report(types, "arguments tagged as contexts", "arguments of the type of contexts", "before Linux 6.8");
        }

        LoadedBtf? loaded = Load(types, hiddenFunctions);
        if (loaded is not null)
        {
            loaded.Arguments = arguments;
        }

        return loaded;
    }

    private LoadedBtf? Load(BtfFile types, IReadOnlySet<string> hiddenFunctions)
    {
        ReadOnlyMemory<byte> image = BtfSanitizer.Sanitize(types, BtfFeatures.All, hiddenFunctions);
        if (calls.Bpf.TryBtfLoad(image.Span, log: default, out SafeFdHandle? btf, out Errno error))
        {
            return new LoadedBtf(btf, hasFunctions: true);
        }

        // Only a refusal makes it worth while to ask the kernel what it knows.
        if (error == Errno.EINVAL && features.ProbeBtf() is BtfFeatures known and not BtfFeatures.All)
        {
            image = BtfSanitizer.Sanitize(types, known, hiddenFunctions);
            Report(types, "its types as they are", "its types without what this kernel does not know", error.Symbol());
            if (calls.Bpf.TryBtfLoad(image.Span, log: default, out btf, out error))
            {
                return new LoadedBtf(btf, known.HasFlag(BtfFeatures.Functions));
            }
        }

        Report(types, "its types", "no types", $"{error.Symbol()} {ReadLog(image.Span)}".TrimEnd());
        return null;
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
        string text = VerifierLog.Decode(log);
        return text[(text.LastIndexOf('\n') + 1)..];
    }

    private void Report(BtfFile types, string from, string to, string reason) =>
        calls.Observer?.OnFallback(new FallbackTaken($"BTF of {types.Name}", from, to, reason));
}
