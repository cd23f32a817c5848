using System.Runtime.InteropServices;

namespace BpfGen.CommandLine;

/// <summary>An object to make a class of.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Architecture">The only processor that it is for, or null when it is for all.</param>
internal sealed record ObjectInput(string Path, Architecture? Architecture)
{
    /// <summary>Name of the resource that it is embedded as.</summary>
    public string ResourceName => System.IO.Path.GetFileName(Path);
}
