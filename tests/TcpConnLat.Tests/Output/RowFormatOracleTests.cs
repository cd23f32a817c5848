using System.Text;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;
using Xunit;

namespace TcpConnLat.Tests.Output;

public sealed class RowFormatOracleTests(CompiledRows compiledRows) : IClassFixture<CompiledRows>
{
    private const int EventCount = 100_000;

    [Theory]
    [InlineData(ExtraColumns.None)]
    [InlineData(ExtraColumns.Time | ExtraColumns.LocalPort)]
    public void WriteRow_RandomEvents_EqualThoseOfPrintf(object extraColumns)
    {
        ExtraColumns columns = (ExtraColumns)extraColumns;
        ConnectBpf.Event[] events = SampleEvent.CreateRandom(EventCount, seed: 20_240_601);

        byte[] expected = compiledRows.Print(events, columns);
        byte[] actual = Print(events, columns);

        AssertSameLines(expected, actual);
    }

    private static byte[] Print(ConnectBpf.Event[] events, ExtraColumns columns)
    {
        RowFormat format = new(columns);
        byte[] row = new byte[RowFormat.MaximumRowBytes];
        using MemoryStream rows = new();
        rows.Write(format.Header);
        foreach (ref readonly ConnectBpf.Event connect in events.AsSpan())
        {
            int length = format.WriteRow(row, connect, events[0].TimestampNs);
            rows.Write(row, 0, length);
        }

        return rows.ToArray();
    }

    private static void AssertSameLines(byte[] expected, byte[] actual)
    {
        if (actual.AsSpan().SequenceEqual(expected))
        {
            return;
        }

        string[] expectedLines = Encoding.UTF8.GetString(expected).Split('\n');
        string[] actualLines = Encoding.UTF8.GetString(actual).Split('\n');
        Assert.Equal(expectedLines.Length, actualLines.Length);
        Assert.All(expectedLines.Zip(actualLines), pair => Assert.Equal(pair.First, pair.Second));
        Assert.Fail("the bytes differ, the decoded lines do not");
    }
}
