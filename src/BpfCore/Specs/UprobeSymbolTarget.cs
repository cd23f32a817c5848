namespace BpfCore.Specs;

/// <summary>A function of a program or library, in every process that runs it (<c>uprobe/</c>).</summary>
/// <param name="Path">
/// Path of the ELF file; a name without <c>/</c> is searched where the loader and the shell would, for example
/// <c>libc.so.6</c>.
/// </param>
/// <param name="Symbol">
/// Name of the function, with a version where several have it (<c>memcpy@GLIBC_2.14</c>); empty when
/// <paramref name="Offset"/> counts from the start of the file.
/// </param>
/// <param name="Offset">Offset in bytes from the start of the function.</param>
/// <param name="IsReturn">True for the return of the function.</param>
public sealed record UprobeSymbolTarget(string Path, string Symbol, ulong Offset, bool IsReturn) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string plus = Offset == 0 ? "" : $"+0x{Offset:x}";
        return $"{(IsReturn ? "uretprobe" : "uprobe")}/{Path}:{(Symbol.Length == 0 ? $"0x{Offset:x}" : Symbol + plus)}";
    }
}
