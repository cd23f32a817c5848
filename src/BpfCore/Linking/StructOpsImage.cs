using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>
/// Operations laid out as a kernel wants them: the value of a map of type struct_ops, but for the descriptors of its
/// programs.
/// </summary>
internal sealed class StructOpsImage
{
    public required MapSpec Map { get; init; }

    /// <summary>
    /// The kernel's <c>struct bpf_struct_ops_NAME</c>, which wraps the structure: the value type of the map.
    /// </summary>
    public required BtfType ValueType { get; init; }

    /// <summary>The types of the module that has the structure; null for the kernel itself.</summary>
    public required BtfFile? Module { get; init; }

    /// <summary>A value of <see cref="ValueType"/>; zero where the descriptors of programs go.</summary>
    public required byte[] Value { get; init; }

    /// <summary>The programs, with the offset of their 8 bytes in <see cref="Value"/>.</summary>
    public List<(int Offset, ProgramSpec Program)> Programs { get; } = [];
}
