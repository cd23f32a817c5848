namespace Bench.Subjects;

/// <summary>What <c>tools/Bench/run</c> built, and the object that it is about.</summary>
/// <param name="Folder">Folder of the programs.</param>
/// <param name="ObjectPath">The BPF object of tcpconnlat.</param>
internal sealed record BuiltPrograms(string Folder, string ObjectPath)
{
    /// <summary>Path of a C program, or of a published one below <c>aot</c>, <c>r2r</c> or <c>jit</c>.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>tcpconnlat as it is shipped.</summary>
    public string Tool => this["aot/tcpconnlat"];

    /// <summary>This program, compiled as tcpconnlat is.</summary>
    public string Bench => this["aot/bench"];
}
