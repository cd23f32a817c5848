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

        return plus > 0 && TryReadNumber(text[(plus + 1)..], out ulong offset)
            ? new KprobeTarget(text[..plus], offset, IsReturn: false)
            : null;
    }

    public static AttachTarget? Kretprobe(string text) => new KprobeTarget(text, 0, IsReturn: true);

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

    private static bool TryReadNumber(string text, out ulong value) =>
        text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value)
            : ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
