namespace BpfCore;

/// <summary>
/// The running kernel lacks something that the request needs. Names the feature and what would provide it.
/// </summary>
public sealed class KernelFeatureException : BpfException
{
    internal KernelFeatureException(string feature, string reason, Exception? inner = null)
        : base($"{feature}: {reason}", inner)
    {
        Feature = feature;
        Reason = reason;
    }

    /// <summary>The feature in the kernel's words, for example <c>kprobe PMU</c> or <c>kernel BTF</c>.</summary>
    public string Feature { get; }

    /// <summary>How its absence shows, and which kernel version or configuration has it where that is known.</summary>
    public string Reason { get; }
}
