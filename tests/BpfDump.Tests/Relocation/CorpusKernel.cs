namespace BpfDump.Tests.Relocation;

/// <summary>A kernel of the corpus.</summary>
/// <param name="Name">Its name in tests/kernels/kernels.</param>
/// <param name="Version">Version of Debian's package.</param>
/// <param name="TypesPath">Path of its BTF.</param>
internal sealed record CorpusKernel(string Name, string Version, string TypesPath);
