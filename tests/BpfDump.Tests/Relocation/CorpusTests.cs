using System.Text.Json.Nodes;
using Xunit;

namespace BpfDump.Tests.Relocation;

/// <summary>The objects of Debian's libbpf-tools on the types of its kernels: equal to what libbpf makes of them.</summary>
public class CorpusTests
{
    [Fact]
    public void Relocate_EveryObjectOnEveryKernel_GivesLibbpfsPrograms()
    {
        Corpus corpus = Corpus.Prepare();
        RelocationTable table = new();
        List<string> differences = [];
        foreach (CorpusKernel kernel in corpus.Kernels)
        {
            IReadOnlyList<JsonNode> expected = Oracle.Ask(corpus.Objects, kernel.TypesPath);
            IReadOnlyList<JsonNode> actual = Bpfdump.RelocateAll(corpus.Objects, kernel.TypesPath);
            Assert.Equal(expected.Count, actual.Count);
            foreach ((JsonNode libbpf, JsonNode ours) in expected.Zip(actual))
            {
                IReadOnlyList<string> found = AnswerComparison.Compare(libbpf, ours);
                table.Add(kernel, libbpf, found.Count == 0);
                differences.AddRange(found.Select(text => $"{kernel.Name}: {text}"));
            }
        }

        table.WriteWhenAsked();
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.True(corpus.Objects.Count == 52, $"{corpus.Objects.Count} objects");
        Assert.True(corpus.Kernels.Count >= 6, $"{corpus.Kernels.Count} kernels");
    }
}
