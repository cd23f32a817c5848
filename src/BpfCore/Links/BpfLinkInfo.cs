namespace BpfCore.Links;

/// <summary>What the kernel says about a link (<c>struct bpf_link_info</c>).</summary>
/// <param name="Id">Its number, unique on the machine while it lives.</param>
/// <param name="Type">Its kind.</param>
/// <param name="ProgramId">Number of the attached program; 0 for a link of a map (<c>struct_ops</c>).</param>
public readonly record struct BpfLinkInfo(uint Id, BpfLinkType Type, uint ProgramId);
