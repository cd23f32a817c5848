namespace BpfDump.CommandLine;

/// <summary>How types are written.</summary>
internal enum TypeFormat
{
    /// <summary>One record after the other, in the words of bpftool.</summary>
    Raw,

    /// <summary>A header for C programs, <c>vmlinux.h</c>.</summary>
    C,
}
