using System.Text;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;
using Xunit;

namespace TcpConnLat.Tests.Output;

public sealed class RowFormatTests
{
    [Fact]
    public void WriteRow_UsualColumns_AreThoseOfLibbpfTools()
    {
        ConnectBpf.Event connect = SampleEvent.Create("10.0.0.1", "192.168.100.200", "curl", 1_234_567);

        Assert.Equal(
            "PID    COMM         IP SADDR            DADDR            DPORT LAT(ms)\n", Header(ExtraColumns.None));
        Assert.Equal("1234   curl         4  10.0.0.1         192.168.100.200  80    1.23\n", Row(connect));
    }

    [Fact]
    public void WriteRow_LocalPort_FollowsSourceAddress()
    {
        const ExtraColumns Columns = ExtraColumns.LocalPort;
        ConnectBpf.Event connect = SampleEvent.Create("10.0.0.1", "10.0.0.2");

        Assert.Equal(
            "PID    COMM         IP SADDR            LPORT  DADDR            DPORT LAT(ms)\n", Header(Columns));
        Assert.Equal(
            "1234   curl         4  10.0.0.1         43210  10.0.0.2         80    1.00\n", Row(connect, Columns));
    }

    [Fact]
    public void WriteRow_Time_CountsSecondsFromTheFirstEvent()
    {
        const ExtraColumns Columns = ExtraColumns.Time;
        ConnectBpf.Event connect = SampleEvent.Create(timestampNanoseconds: 12_345_678_901);

        Assert.Equal(
            "TIME(s)   PID    COMM         IP SADDR            DADDR            DPORT LAT(ms)\n", Header(Columns));
        Assert.StartsWith("11.346    1234   ", Row(connect, Columns, firstNanoseconds: 1_000_000_000), Ordinal);
        Assert.StartsWith("0.000     1234   ", Row(connect, Columns, firstNanoseconds: 12_345_678_901), Ordinal);
    }

    [Fact]
    public void WriteRow_EventBeforeTheFirst_HasNegativeTime()
    {
        ConnectBpf.Event connect = SampleEvent.Create(timestampNanoseconds: 1_000_000_000);

        Assert.StartsWith("-0.250    ", Row(connect, ExtraColumns.Time, firstNanoseconds: 1_250_000_000), Ordinal);
    }

    [Fact]
    public void WriteRow_LongAddresses_PushTheRestToTheRight()
    {
        ConnectBpf.Event connect = SampleEvent.Create("2001:db8::1234:5678:9abc", "fe80::1");

        Assert.Equal("1234   curl         6  2001:db8::1234:5678:9abc fe80::1          80    1.00\n", Row(connect));
    }

    [Fact]
    public void WriteRow_LongName_IsCutAtTwelveBytes()
    {
        Assert.Contains(" 0123456789ab 4  ", Row(SampleEvent.Create(command: "0123456789abcde")), Ordinal);
    }

    [Fact]
    public void WriteRow_ControlCharactersInAName_BecomeQuestionMarks()
    {
        string row = Row(SampleEvent.Create(command: "a\u001b[2J\n\u007f\u009bé"));

        Assert.Contains(" a?[2J????é  4  ", row, Ordinal);
    }

    [Fact]
    public void WriteRow_LargestValues_FitTheRoomThatIsReserved()
    {
        string groups = string.Join(':', Enumerable.Repeat("ffff", 8));
        ConnectBpf.Event connect =
            SampleEvent.Create(groups, groups, new string('w', 16), ulong.MaxValue, long.MaxValue);
        connect.Tgid = uint.MaxValue;

        string row = Row(connect, ExtraColumns.Time | ExtraColumns.LocalPort, firstNanoseconds: 0);

        Assert.InRange(row.Length, 1, RowFormat.MaximumRowBytes);
        Assert.EndsWith(" 18446744073709.55\n", row, Ordinal);
    }

    private const StringComparison Ordinal = StringComparison.Ordinal;

    private static string Header(ExtraColumns columns) => Encoding.UTF8.GetString(new RowFormat(columns).Header);

    private static string Row(
        in ConnectBpf.Event connect, ExtraColumns columns = ExtraColumns.None, ulong firstNanoseconds = 0)
    {
        byte[] row = new byte[RowFormat.MaximumRowBytes];
        int length = new RowFormat(columns).WriteRow(row, connect, firstNanoseconds);
        return Encoding.UTF8.GetString(row, 0, length);
    }
}
