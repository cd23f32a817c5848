namespace BpfCore.Specs;

/// <summary>When a program that probes many functions runs.</summary>
public enum MultiProbeKind
{
    /// <summary>When one of them begins.</summary>
    Entry,

    /// <summary>When one of them returns.</summary>
    Return,

    /// <summary>At both; what it returns at the entry decides whether it runs at the return.</summary>
    Session,
}
