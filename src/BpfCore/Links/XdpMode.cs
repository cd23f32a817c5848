namespace BpfCore.Links;

/// <summary>Where an XDP program runs.</summary>
public enum XdpMode
{
    /// <summary>In the driver where it can, else in the kernel's own path.</summary>
    Auto = 0,

    /// <summary>
    /// In the kernel's own path, behind the driver: works with every interface (<c>XDP_FLAGS_SKB_MODE</c>).
    /// </summary>
    Generic = 1 << 1,

    /// <summary>In the driver (<c>XDP_FLAGS_DRV_MODE</c>).</summary>
    Native = 1 << 2,

    /// <summary>In the hardware (<c>XDP_FLAGS_HW_MODE</c>); the program was loaded for it.</summary>
    Offload = 1 << 3,
}
