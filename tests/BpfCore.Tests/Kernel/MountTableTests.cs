using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class MountTableTests
{
    private const string Table =
        """
        24 30 0:22 / /proc rw,nosuid shared:12 - proc proc rw
        40 28 0:12 / /sys/kernel/tracing rw,nosuid,relatime shared:13 master:7 - tracefs tracefs rw
        41 28 0:12 /events /mnt/part rw - tracefs tracefs rw
        42 28 0:12 / /mnt/with\040space\134x rw - tracefs none rw
        short line

        """;

    [Fact]
    public void Find_Tracefs_GivesWholeMountsOnly()
    {
        Assert.Equal(["/sys/kernel/tracing", "/mnt/with space\\x"], MountTable.Find(Table, "tracefs"));
    }

    [Fact]
    public void Find_OtherType_GivesNothing()
    {
        Assert.Empty(MountTable.Find(Table, "debugfs"));
    }
}
