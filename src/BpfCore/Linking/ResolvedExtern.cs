using BpfCore.Btf;
using BpfCore.Specs;

namespace BpfCore.Linking;

/// <summary>What an external symbol of the section <c>.ksyms</c> is in the kernel.</summary>
/// <param name="Spec">The symbol.</param>
/// <param name="Address">Address, of a symbol without type.</param>
/// <param name="Type">The kernel's variable or function; null for a symbol without type.</param>
/// <param name="Module">Types of the module that holds <paramref name="Type"/>; null for the kernel itself.</param>
/// <param name="ModuleIndex">
/// Place of the module in the array of descriptors that programs are loaded with, from 1 on; 0 for the kernel itself.
/// Only functions need one.
/// </param>
internal sealed record ResolvedExtern(
    ExternSpec Spec, ulong Address = 0, BtfType? Type = null, BtfFile? Module = null, int ModuleIndex = 0);
