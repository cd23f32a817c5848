using BpfDump.Tests.Relocation;
using Xunit;

namespace BpfDump.Tests.Loading;

/// <summary>
/// Objects in the running kernel: loaded by BpfCore wherever libbpf loads them, with the same maps and instructions, and
/// refused for the same reason elsewhere.
/// </summary>
public class LoadingTests
{
    private const string AsItIs = "-";
    private const string EachProgram = "--each";

    /// <summary>The objects of tests/fixtures that are to load.</summary>
    private static IReadOnlyList<string> Fixtures =>
    [
        .. Directory.GetFiles(Checkout.PathOf("tests/fixtures/objects"), "*.bpf.o")
            .Where(static path => !Path.GetFileName(path).StartsWith("err_", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Load_EveryObjectOfTheCorpus_IsTakenOrRefusedAsByLibbpf()
    {
        Corpus corpus = Corpus.Prepare();
        string plan = Path.GetTempFileName();
        try
        {
            Loaders.Prepare(plan);
            LoadComparison untouched = Compare(AsItIs, corpus.Objects);
            LoadComparison prepared = Compare(plan, corpus.Objects);
            LoadingTable.WriteWhenAsked(untouched, prepared);

            AssertEqual(untouched);
            AssertEqual(prepared);
            Assert.Equal(52, prepared.Libbpf.Count);
            Assert.True(prepared.Loaded > untouched.Loaded, $"only {prepared.Loaded} objects load when prepared");
        }
        finally
        {
            File.Delete(plan);
        }
    }

    [Fact]
    public void Load_ObjectsOfOurOwn_AreTakenOrRefusedAsByLibbpf()
    {
        LoadComparison whole = Compare(AsItIs, Fixtures);

        AssertEqual(whole);
        Assert.True(whole.Loaded >= 15, $"only {whole.Loaded} objects load");
    }

    [Fact]
    public void Load_EachProgramOfOurOwnByItself_IsTakenOrRefusedAsByLibbpf()
    {
        LoadComparison each = Compare(EachProgram, Fixtures);

        AssertEqual(each);
        Assert.True(each.Loaded >= 100, $"only {each.Loaded} programs load");
    }

    private static LoadComparison Compare(string plan, IReadOnlyList<string> objects) =>
        new(Loaders.AskLibbpf(plan, objects), Loaders.AskBpfCore(plan, objects));

    private static void AssertEqual(LoadComparison comparison) =>
        Assert.True(comparison.Differences.Count == 0, string.Join('\n', comparison.Differences));
}
