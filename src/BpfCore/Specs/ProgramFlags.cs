namespace BpfCore.Specs;

/// <summary>Flags of a program (<c>prog_flags</c> of <c>BPF_PROG_LOAD</c>).</summary>
[Flags]
public enum ProgramFlags : uint
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary><c>BPF_F_SLEEPABLE</c>: the program may sleep; the section name ends in <c>.s</c>.</summary>
    Sleepable = 1 << 4,

    /// <summary><c>BPF_F_XDP_HAS_FRAGS</c>: the program handles packets of several buffers.</summary>
    XdpHasFrags = 1 << 5,
}
