using System.IO.Compression;
using System.Text;
using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public sealed class KernelConfigTests : IDisposable
{
    private const string Text =
        "# Linux/x86 6.1.0 Kernel Configuration\nCONFIG_HZ=250\n# CONFIG_SMP is not set\nCONFIG_TEXT=\"a=b\"\nX=1\n"
        + "CONFIG_HZ=1000\nCONFIG_BPF=y";

    private readonly FakeTree _tree = new FakeTree().With("proc/sys/kernel/osrelease", "6.1.0-13-amd64\n");

    public void Dispose() => _tree.Dispose();

    [Fact]
    public void Parse_Text_KeepsWhatIsSetAsItIsWritten()
    {
        KernelConfig config = KernelConfig.Parse(Text, "x");

        Assert.Equal(
            [("CONFIG_BPF", "y"), ("CONFIG_HZ", "250"), ("CONFIG_TEXT", "\"a=b\"")],
            config.Options.Select(option => (option.Key, option.Value)).Order());
    }

    [Theory]
    [InlineData("CONFIG_X", "offset 0x6: 'CONFIG_X', expected CONFIG_NAME=VALUE")]
    [InlineData("CONFIG_X=", "offset 0x6: 'CONFIG_X=', expected CONFIG_NAME=VALUE")]
    public void Parse_LineThatSetsNothing_IsRefusedWithItsPlace(string line, string problem)
    {
        BpfFormatException e = Assert.Throws<BpfFormatException>(
            () => KernelConfig.Parse($"# one\n{line}\n", "my.config"));

        Assert.Equal($"my.config: {problem}", e.Message);
    }

    [Theory]
    [InlineData("boot/config-6.1.0-13-amd64", true)]
    [InlineData("boot/config-6.1.0-13-amd64", false)]
    [InlineData("proc/config.gz", true)]
    [InlineData("lib/modules/6.1.0-13-amd64/config", false)]
    [InlineData("lib/modules/6.1.0-13-amd64/build/.config", false)]
    public void Read_FileOfTheRunningKernel_IsFoundPlainOrCompressed(string place, bool isCompressed)
    {
        _tree.With(place, isCompressed ? Compress(Text) : Encoding.UTF8.GetBytes(Text));

        KernelConfig config = KernelConfig.Read(_tree.Files);

        Assert.Equal(("250", _tree.PathTo(place)), (config.Options["CONFIG_HZ"], config.Source));
    }

    [Fact]
    public void Read_SeveralFiles_TakesThatOfTheBootDirectory()
    {
        _tree.With("proc/config.gz", Compress("CONFIG_HZ=1\n"));
        _tree.With("boot/config-6.1.0-13-amd64", "CONFIG_HZ=2\n").With("boot/config-6.1.0-12-amd64", "CONFIG_HZ=3\n");

        Assert.Equal("2", KernelConfig.Read(_tree.Files).Options["CONFIG_HZ"]);
    }

    [Fact]
    public void Read_NoFile_NamesWhereItLooked()
    {
        KernelFeatureException e = Assert.Throws<KernelFeatureException>(() => KernelConfig.Read(_tree.Files));

        Assert.Contains("boot/config-6.1.0-13-amd64", e.Message, StringComparison.Ordinal);
        Assert.Contains("proc/config.gz", e.Message, StringComparison.Ordinal);
    }

    private static byte[] Compress(string text)
    {
        using MemoryStream packed = new();
        using (GZipStream stream = new(packed, CompressionMode.Compress))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
