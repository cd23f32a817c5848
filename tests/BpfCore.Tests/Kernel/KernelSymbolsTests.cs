using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public sealed class KernelSymbolsTests : IDisposable
{
    private readonly FakeTree _tree = new FakeTree().With(
        "proc/kallsyms",
        """
        ffffffff81000000 T _stext
        ffffffff81000010 T schedule
        ffffffff81000020 t twice
        ffffffff81000030 t twice
        ffffffff81000040 T same
        ffffffff81000040 T same
        ffffffff82000000 d counter.llvm.123456
        ffffffff82000008 t function.llvm.123456
        0000000000000000 A hidden
        ffffffffc0a01000 t nf_confirm	[nf_conntrack]
        ffffffffc0a02000 t __x64_sys_bpf	[x]

        """);

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData("_stext", 0xffffffff81000000)]
    [InlineData("schedule", 0xffffffff81000010)]
    [InlineData("same", 0xffffffff81000040)]
    [InlineData("counter", 0xffffffff82000000)]
    [InlineData("hidden", 0)]
    [InlineData("nf_confirm", 0xffffffffc0a01000)]
    public void Find_SymbolThatThereIs_GivesItsAddress(string name, ulong address) =>
        Assert.Equal(address, Assert.Single(Find(name)).Value);

    [Theory]
    [InlineData("schedul")]
    [InlineData("chedule")]
    [InlineData("function")]
    [InlineData("nf_conntrack")]
    public void Find_SymbolThatThereIsNot_IsLeftOut(string name) => Assert.Empty(Find(name));

    [Fact]
    public void Find_NameOfSeveralAddresses_TellsTwoOfThem()
    {
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => Find("schedule", "twice"));

        Assert.Equal("kernel symbol twice", e.Feature);
        Assert.Contains("0xffffffff81000020 and for 0xffffffff81000030", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_NoList_SaysWhatTheKernelNeeds()
    {
        using FakeTree empty = new();

        KernelFeatureException e = Assert.Throws<KernelFeatureException>(
            () => new KernelSymbols(empty.Files).Find(new HashSet<string> { "schedule" }));

        Assert.Contains("CONFIG_KALLSYMS", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("schedule", true)]
    [InlineData("__x64_sys_bpf", true)]
    [InlineData("x64_sys_bpf", false)]
    [InlineData("sched", false)]
    public void Has_WholeNameOnly(string name, bool expected) =>
        Assert.Equal(expected, new KernelSymbols(_tree.Files).Has(name));

    private IReadOnlyDictionary<string, ulong> Find(params string[] names) =>
        new KernelSymbols(_tree.Files).Find(names.ToHashSet());
}
