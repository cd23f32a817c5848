namespace BpfCore.Syscalls;

/// <summary>What an update does about an element that is or is not there.</summary>
internal enum MapUpdateMode
{
    /// <summary><c>BPF_ANY</c>: create or overwrite.</summary>
    Any = 0,

    /// <summary><c>BPF_NOEXIST</c>: create only.</summary>
    CreateOnly = 1,

    /// <summary><c>BPF_EXIST</c>: overwrite only.</summary>
    OverwriteOnly = 2,
}
