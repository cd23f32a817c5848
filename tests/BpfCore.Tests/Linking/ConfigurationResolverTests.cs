using System.Text.Json;
using BpfCore.Kernel;
using BpfCore.Linking;
using BpfCore.Specs;
using Xunit;

namespace BpfCore.Tests.Linking;

/// <summary>Values of <c>.kconfig</c> where the user gives options, as libbpf takes them (<c>kconfig</c>).</summary>
public sealed class ConfigurationResolverTests
{
    private static readonly BpfObjectSpec s_object =
        BpfObjectSpec.Read(Fixtures.Read("objects/ext-kconfig.bpf.o"), "ext-kconfig.bpf.o");

    public static TheoryData<string> Texts => [.. Answers().Select(answer => answer.File)];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Resolve_TextOfTheUser_GivesWhatLibbpfMakesOfIt(string file)
    {
        string? expected = Answers().Single(answer => answer.File == file).Values;

        Exception? refusal = Record.Exception(() => Assert.Equal(expected, Resolve(File.ReadAllText(
            Fixtures.PathOf($"objects/{file}")))));

        Assert.Equal(expected is null, refusal is BpfException);
    }

    [Fact]
    public void Resolve_OptionsForAll_DoesNotAskTheKernel() =>
        Assert.NotEmpty(Resolve(File.ReadAllText(Fixtures.PathOf("objects/kconfig-all.config"))));

    [Fact]
    public void Resolve_OptionsForSome_TakesTheOthersOfTheKernel()
    {
        byte[] values = new ConfigurationResolver(
            new KernelOfFixtures(), KernelConfig.Parse("CONFIG_HZ=1000\n", "x").Options).Resolve(s_object);

        Assert.Equal((1000u, 5ul), (Read("CONFIG_HZ", values), Read("CONFIG_PGTABLE_LEVELS", values)));
    }

    private static ulong Read(string name, byte[] values)
    {
        ExternSpec value = s_object.Externs[name];
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        values.AsSpan((int)value.Offset, (int)value.Size).CopyTo(number);
        return BitConverter.ToUInt64(number);
    }

    private static string Resolve(string text) => Convert.ToHexStringLower(
        new ConfigurationResolver(new NoConfiguration(), KernelConfig.Parse(text, "x").Options).Resolve(s_object));

    private static IEnumerable<(string File, string? Values)> Answers() =>
        File.ReadLines(Fixtures.PathOf("objects/kconfig-expected.jsonl")).Select(line =>
        {
            JsonElement answer = JsonDocument.Parse(line).RootElement;
            return (answer.GetProperty("config").GetString()!, answer.GetProperty("values").GetString());
        });

    /// <summary>What the oracle's kernel says of itself, without a configuration.</summary>
    private sealed class NoConfiguration : IKernelFacts
    {
        public uint VersionCode => 0x06_12_2C;

        public bool HasCookies => true;

        public bool HasSyscallWrappers => true;

        public IReadOnlyDictionary<string, string> Configuration =>
            throw new KernelFeatureException("kernel configuration", "there is none");

        public IReadOnlyDictionary<string, ulong> FindSymbols(IReadOnlySet<string> names) =>
            throw new KernelFeatureException("kernel symbols", "there are none");
    }
}
