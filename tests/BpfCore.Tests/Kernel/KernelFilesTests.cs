using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public sealed class KernelFilesTests : IDisposable
{
    private readonly FakeTree _tree = new();

    public void Dispose() => _tree.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2047)]
    [InlineData(2048)]
    [InlineData(2049)]
    [InlineData(100_000)]
    public void TryRead_TextOfAnyLength_IsReadToItsEnd(int length)
    {
        string text = string.Concat(Enumerable.Range(0, length).Select(static index => (char)('a' + (index % 26))));
        _tree.With("proc/text", text);

        Assert.Equal(text, _tree.Files.TryRead("proc/text"));
        Assert.Equal(length, _tree.Files.TryReadBytes("proc/text")?.Length);
    }

    [Fact]
    public void TryRead_NoSuchFile_IsNull()
    {
        Assert.Null(_tree.Files.TryRead("proc/none"));
        Assert.Null(_tree.Files.TryReadBytes("proc/none"));
    }

    [Fact]
    public void TryRead_Directory_IsNull()
    {
        _tree.With("proc/sys/value", "1");

        Assert.Null(_tree.Files.TryRead("proc/sys"));
    }

    [Fact]
    public void TryRead_FilesWithoutTheirSize_GivesWhatTheyHold()
    {
        // procfs says 0 bytes, sysfs a page.
        Assert.EndsWith("\n", KernelFiles.Host.TryRead("proc/self/status"), StringComparison.Ordinal);
        Assert.Matches(@"^[0-9,-]+\n$", KernelFiles.Host.TryRead("sys/devices/system/cpu/online"));
    }
}
