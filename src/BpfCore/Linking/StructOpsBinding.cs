using BpfCore.Btf;

namespace BpfCore.Linking;

/// <summary>The kernel's function that a program of type struct_ops implements.</summary>
/// <param name="Type">The kernel's structure: <c>attach_btf_id</c>.</param>
/// <param name="MemberIndex">Index of the function among its members: <c>expected_attach_type</c>.</param>
/// <param name="Module">The types of the module that has the structure; null for the kernel itself.</param>
internal sealed record StructOpsBinding(BtfType Type, uint MemberIndex, BtfFile? Module);
