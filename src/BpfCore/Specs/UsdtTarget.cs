namespace BpfCore.Specs;

/// <summary>A probe that the author of a program or library put into it (<c>usdt/</c>).</summary>
/// <param name="Path">Path of the ELF file, or a name that is searched as in <see cref="UprobeSymbolTarget"/>.</param>
/// <param name="Provider">Who provides the probe, by convention the name of the program.</param>
/// <param name="Name">Name of the probe. It may stand at several places of the file; all are probed.</param>
public sealed record UsdtTarget(string Path, string Provider, string Name) : AttachTarget
{
    /// <inheritdoc/>
    public override string ToString() => $"usdt/{Path}:{Provider}:{Name}";
}
