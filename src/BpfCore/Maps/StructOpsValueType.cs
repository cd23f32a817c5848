using BpfCore.Syscalls;

namespace BpfCore.Maps;

/// <summary>The kernel's structure that the value of a map of type struct_ops is.</summary>
/// <param name="TypeId">Its id in the BTF of the kernel or the module.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Module">The BTF of the module that has it; null for the kernel itself.</param>
internal readonly record struct StructOpsValueType(uint TypeId, uint Size, SafeFdHandle? Module);
