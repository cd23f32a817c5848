using BpfCore.Specs;

namespace BpfCore.Links;

/// <summary>An instruction of a program or library, probed in every process that runs it.</summary>
/// <param name="Path">Path of the ELF file.</param>
/// <param name="FileOffset">Offset of the instruction from the start of the file, in bytes.</param>
/// <param name="IsReturn">True for the return of the function that starts at the offset.</param>
public sealed record UprobeTarget(string Path, ulong FileOffset, bool IsReturn) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"{(IsReturn ? "uretprobe" : "uprobe")}/{Path}:0x{FileOffset:x}";
}
