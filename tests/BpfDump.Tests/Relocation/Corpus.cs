namespace BpfDump.Tests.Relocation;

/// <summary>Debian's libbpf-tools and kernels, as tests/corpus/prepare cuts them.</summary>
internal sealed class Corpus
{
    private Corpus(string folder)
    {
        Objects = [.. Directory.GetFiles(Path.Combine(folder, "objects"), "*.bpf.o").Order(StringComparer.Ordinal)];
        Kernels =
        [
            .. File.ReadLines(Checkout.PathOf("tests/corpus/kernels"))
                .Where(line => !line.StartsWith('#'))
                .Select(name => new CorpusKernel(
                    name,
                    File.ReadAllText(Path.Combine(folder, "btf", $"{name}.version")).Trim(),
                    Path.Combine(folder, "btf", $"{name}.btf"))),
        ];
    }

    /// <summary>Paths of the objects.</summary>
    public IReadOnlyList<string> Objects { get; }

    /// <summary>The kernels.</summary>
    public IReadOnlyList<CorpusKernel> Kernels { get; }

    /// <summary>Fetches and cuts what is not there yet.</summary>
    public static Corpus Prepare() =>
        new(ExternalTool.Run(Checkout.PathOf("tests/corpus/prepare")).Trim());
}
