namespace BpfCore.Kernel;

/// <summary>How far the kernel is closed against its own administrator (<c>kernel_lockdown(7)</c>).</summary>
public enum LockdownMode
{
    /// <summary>Not known: securityfs is not mounted or the kernel has no lockdown.</summary>
    Unknown,

    /// <summary>Open.</summary>
    None,

    /// <summary>Kernel memory cannot be written.</summary>
    Integrity,

    /// <summary>
    /// Kernel memory cannot be read either: helpers such as <c>bpf_probe_read_kernel</c> fail, kprobes are refused.
    /// </summary>
    Confidentiality,
}
