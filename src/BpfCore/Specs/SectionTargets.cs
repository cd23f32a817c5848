using System.Globalization;

namespace BpfCore.Specs;

/// <summary>Readers of the text behind the <c>/</c> of a section name; null for text that names no target.</summary>
internal static class SectionTargets
{
    public static AttachTarget? Kprobe(string text)
    {
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        if (plus < 0)
        {
            return new KprobeTarget(text, 0, IsReturn: false);
        }

        return plus > 0 && TryReadNumber(text.AsSpan(plus + 1), out ulong offset)
            ? new KprobeTarget(text[..plus], offset, IsReturn: false)
            : null;
    }

    public static AttachTarget? Kretprobe(string text) => new KprobeTarget(text, 0, IsReturn: true);

    public static AttachTarget? KprobeMulti(string text) => new KprobeMultiTarget(text, MultiProbeKind.Entry);

    public static AttachTarget? KretprobeMulti(string text) => new KprobeMultiTarget(text, MultiProbeKind.Return);

    public static AttachTarget? KprobeSession(string text) => new KprobeMultiTarget(text, MultiProbeKind.Session);

    public static AttachTarget? Ksyscall(string text) => new SyscallTarget(text, IsReturn: false);

    public static AttachTarget? Kretsyscall(string text) => new SyscallTarget(text, IsReturn: true);

    public static AttachTarget? Uprobe(string text) => UprobeSymbol(text, isReturn: false);

    public static AttachTarget? Uretprobe(string text) => UprobeSymbol(text, isReturn: true);

    public static AttachTarget? UprobeMulti(string text) => UprobePattern(text, MultiProbeKind.Entry);

    public static AttachTarget? UretprobeMulti(string text) => UprobePattern(text, MultiProbeKind.Return);

    public static AttachTarget? UprobeSession(string text) => UprobePattern(text, MultiProbeKind.Session);

    public static AttachTarget? Usdt(string text) => text.Split(':') is [{ Length: > 0 } path, var provider, var name]
        ? new UsdtTarget(path, provider, name)
        : null;

    public static AttachTarget? Tracepoint(string text)
    {
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < text.Length - 1
            ? new TracepointTarget(text[..slash], text[(slash + 1)..])
            : null;
    }

    public static AttachTarget? RawTracepoint(string text) => new RawTracepointTarget(text);

    public static AttachTarget? TypedTracepoint(string text) => new TracingTarget(TracingKind.RawTracepoint, text);

    public static AttachTarget? FunctionEntry(string text) => new TracingTarget(TracingKind.FunctionEntry, text);

    public static AttachTarget? FunctionExit(string text) => new TracingTarget(TracingKind.FunctionExit, text);

    public static AttachTarget? FunctionReturn(string text) => new TracingTarget(TracingKind.ModifyReturn, text);

    public static AttachTarget? Session(string text) => new TracingTarget(TracingKind.FunctionSession, text);

    public static AttachTarget? SecurityHook(string text) => new TracingTarget(TracingKind.SecurityHook, text);

    public static AttachTarget? CgroupHook(string text) => new TracingTarget(TracingKind.CgroupSecurityHook, text);

    public static AttachTarget? Iterator(string text) => new TracingTarget(TracingKind.Iterator, text);

    public static AttachTarget? Replacement(string text) => new TracingTarget(TracingKind.Replacement, text);

    // The last + counts, and only with a number behind it: names of C++ may hold one (operator+).
    private static UprobeSymbolTarget? UprobeSymbol(string text, bool isReturn)
    {
        if (!TrySplit(text, out string path, out string symbol))
        {
            return null;
        }

        if (TryReadNumber(symbol, out ulong offset))
        {
            return new UprobeSymbolTarget(path, "", offset, isReturn);
        }

        int plus = symbol.LastIndexOf('+');
        return plus > 0 && TryReadNumber(symbol.AsSpan(plus + 1), out offset)
            ? new UprobeSymbolTarget(path, symbol[..plus], offset, isReturn)
            : new UprobeSymbolTarget(path, symbol, 0, isReturn);
    }

    private static UprobeMultiTarget? UprobePattern(string text, MultiProbeKind kind) =>
        TrySplit(text, out string path, out string pattern) ? new UprobeMultiTarget(path, pattern, kind) : null;

    private static bool TrySplit(string text, out string path, out string symbol)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        bool isWhole = colon > 0 && colon < text.Length - 1;
        path = isWhole ? text[..colon] : "";
        symbol = isWhole ? text[(colon + 1)..] : "";
        return isWhole;
    }

    private static bool TryReadNumber(ReadOnlySpan<char> text, out ulong value) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
