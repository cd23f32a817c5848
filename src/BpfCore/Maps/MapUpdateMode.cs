namespace BpfCore.Maps;

/// <summary>
/// What an update of a map does about an element that exists already, or does not (<c>BPF_ANY</c> …).
/// </summary>
public enum MapUpdateMode
{
    /// <summary>Adds the element or replaces it (<c>BPF_ANY</c>).</summary>
    Any = 0,

    /// <summary>Adds the element; fails if it exists (<c>BPF_NOEXIST</c>).</summary>
    NoExist = 1,

    /// <summary>Replaces the element; fails if it does not exist (<c>BPF_EXIST</c>).</summary>
    Exist = 2,
}
