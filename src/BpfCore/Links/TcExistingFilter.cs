namespace BpfCore.Links;

/// <summary>What happens to a filter whose priority and handle a new one asks for.</summary>
public enum TcExistingFilter
{
    /// <summary>It stays, and the new one is refused.</summary>
    Refuse,

    /// <summary>
    /// The new program takes its place, without a moment in which neither runs (<c>BPF_TC_F_REPLACE</c>).
    /// </summary>
    Replace,
}
