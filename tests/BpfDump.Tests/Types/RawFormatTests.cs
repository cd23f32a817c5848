using Xunit;

namespace BpfDump.Tests.Types;

public class RawFormatTests
{
    [Fact]
    public void Write_TypesOfRunningKernel_AreBpftoolsLines()
    {
        const string Types = "/sys/kernel/btf/vmlinux";

        string[] expected = ExternalTool.Run("bpftool", "btf", "dump", "file", Types).Split('\n');
        string[] actual = Bpfdump.Run("btf", "--format", "raw", Types).Split('\n');

        int common = expected.AsSpan().CommonPrefixLength(actual);
        Assert.True(
            common == expected.Length && common == actual.Length,
            $"line {common}: bpftool has {expected.ElementAtOrDefault(common)}, "
            + $"bpfdump {actual.ElementAtOrDefault(common)}");
        Assert.True(common > 100_000, $"only {common} lines");
    }

    [Fact]
    public void Write_TypesOfObject_AreThoseOfItsSection()
    {
        string path = Checkout.PathOf("tests/fixtures/core/fields.bpf.o");

        string actual = Bpfdump.Run("btf", path);

        Assert.Equal(ExternalTool.Run("bpftool", "btf", "dump", "file", path), actual);
    }
}
