namespace BpfCore.Kernel;

/// <summary>What a probe of the kernel told.</summary>
public enum KernelFeatureState
{
    /// <summary>Nothing: the probe could not be made, for example for want of a capability.</summary>
    Unknown,

    /// <summary>The kernel has the feature.</summary>
    Supported,

    /// <summary>The kernel lacks the feature.</summary>
    Unsupported,
}
