using TcpConnLat.Attach;
using TcpConnLat.CommandLine;
using Xunit;

namespace TcpConnLat.Tests.CommandLine;

public sealed class RequestReaderTests
{
    [Fact]
    public void Read_NoArguments_TracesEverything()
    {
        Assert.Equal(new TraceOptions(), ReadTrace(""));
    }

    [Theory]
    [InlineData("-p 181")]
    [InlineData("-p181")]
    [InlineData("-p=181")]
    [InlineData("--pid 181")]
    [InlineData("--pid=181")]
    [InlineData("-tLp 181 -v")]
    public void Read_ProcessId_IsTakenInEverySpelling(string line)
    {
        Assert.Equal(181u, ReadTrace(line).ProcessId);
    }

    [Fact]
    public void Read_ProcessIdThatStartsWithASwitchLetter_IsNotTakenApart()
    {
        Assert.Equal(4646u, ReadTrace("-p4646").ProcessId);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("0.1", 100_000)]
    [InlineData("1", 1_000_000)]
    [InlineData(".5", 500_000)]
    [InlineData("1e-3", 1_000)]
    [InlineData("0.0000001", 1)]
    [InlineData("1000", 1_000_000_000)]
    [InlineData("18446744073709.551615", ulong.MaxValue)]
    public void Read_Minimum_IsExactInNanoseconds(string word, ulong nanoseconds)
    {
        Assert.Equal(nanoseconds, ReadTrace(word).MinimumLatencyNanoseconds);
    }

    [Fact]
    public void Read_AllOptions_AreTaken()
    {
        TraceOptions options = ReadTrace("-t -L -v -4 -c 7 --duration 1.5 --attach kprobe-tracefs --batch 9 -p 1 10");

        TraceOptions expected = new()
        {
            Columns = ExtraColumns.Time | ExtraColumns.LocalPort,
            IsVerbose = true,
            IpVersion = IpVersionFilter.IPv4,
            Count = 7,
            Duration = TimeSpan.FromSeconds(1.5),
            ForcedWay = AttachWay.KprobeTracefs,
            Batch = 9,
            ProcessId = 1,
            MinimumLatencyNanoseconds = 10_000_000,
        };
        Assert.Equal(expected, options);
    }

    [Theory]
    [InlineData("--timestamp --lport", ExtraColumns.Time | ExtraColumns.LocalPort)]
    [InlineData("-tL", ExtraColumns.Time | ExtraColumns.LocalPort)]
    [InlineData("-tt", ExtraColumns.Time)]
    [InlineData("-L", ExtraColumns.LocalPort)]
    public void Read_ColumnSwitches_AddUp(string line, int columns)
    {
        Assert.Equal((ExtraColumns)columns, ReadTrace(line).Columns);
    }

    [Theory]
    [InlineData("-6", IpVersionFilter.IPv6)]
    [InlineData("--ipv6", IpVersionFilter.IPv6)]
    [InlineData("-4", IpVersionFilter.IPv4)]
    [InlineData("--ipv4", IpVersionFilter.IPv4)]
    public void Read_IpVersion_IsTaken(string line, int version)
    {
        Assert.Equal((IpVersionFilter)version, ReadTrace(line).IpVersion);
    }

    [Theory]
    [InlineData("auto", null)]
    [InlineData("fentry", AttachWay.Fentry)]
    [InlineData("kprobe", AttachWay.Kprobe)]
    [InlineData("kprobe-tracefs", AttachWay.KprobeTracefs)]
    [InlineData("tp_btf", AttachWay.TpBtf)]
    [InlineData("raw_tp", AttachWay.RawTp)]
    public void Read_Attach_NamesAWay(string word, object? way)
    {
        Assert.Equal((AttachWay?)way, ReadTrace($"--attach {word}").ForcedWay);
    }

    [Theory]
    [InlineData("auto", null)]
    [InlineData("off", 1)]
    [InlineData("1", 1)]
    [InlineData("1000", 1000)]
    public void Read_Batch_IsACountOrAWord(string word, int? events)
    {
        Assert.Equal(events, ReadTrace($"--batch {word}").Batch);
    }

    [Theory]
    [InlineData("-h")]
    [InlineData("--help")]
    [InlineData("-tL -h")]
    [InlineData("doctor -h")]
    [InlineData("-p abc --help")]
    public void Read_Help_WinsOverEverythingElse(string line)
    {
        Assert.IsType<Request.Help>(RequestReader.Read(Words(line)));
    }

    [Fact]
    public void Read_Version_IsAskedFor()
    {
        Assert.IsType<Request.Version>(RequestReader.Read(["--version"]));
    }

    [Fact]
    public void Read_Doctor_IsAskedFor()
    {
        Assert.IsType<Request.Doctor>(RequestReader.Read(["doctor"]));
    }

    private static TraceOptions ReadTrace(string line) =>
        Assert.IsType<Request.Trace>(RequestReader.Read(Words(line))).Options;

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
