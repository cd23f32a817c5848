using System.Text;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;
using Xunit;

namespace TcpConnLat.Tests.Output;

public sealed class RowFormatOracleTests(CompiledRows compiledRows) : IClassFixture<CompiledRows>
{
    private const int Batches = 20;
    private const int EventsPerBatch = 50_000;

    private static readonly ExtraColumns[] s_allColumns =
        [ExtraColumns.None, ExtraColumns.Time, ExtraColumns.LocalPort, ExtraColumns.Time | ExtraColumns.LocalPort];

    [Fact]
    public void WriteRow_AMillionRandomEvents_EqualThoseOfPrintf()
    {
        compiledRows.Require();
        Parallel.For(0, Batches, batch =>
        {
            ConnectBpf.Event[] events = SampleEvent.CreateRandom(EventsPerBatch, seed: 20_240_601 + batch);
            foreach (ExtraColumns columns in s_allColumns)
            {
                AssertSameLines(compiledRows.Print(events, columns), Print(events, columns));
            }
        });
    }

    private static byte[] Print(ConnectBpf.Event[] events, ExtraColumns columns)
    {
        RowFormat format = new(columns);
        byte[] rows = new byte[(events.Length + 1) * RowFormat.MaximumRowBytes];
        format.Header.CopyTo(rows);
        int length = format.Header.Length;
        foreach (ref readonly ConnectBpf.Event connect in events.AsSpan())
        {
            Span<byte> row = rows.AsSpan(length, RowFormat.MaximumRowBytes);
            length += format.WriteRow(row, connect, events[0].TimestampNs);
        }

        return rows[..length];
    }

    private static void AssertSameLines(byte[] expected, byte[] actual)
    {
        if (actual.AsSpan().SequenceEqual(expected))
        {
            return;
        }

        // One character a byte, as names are no UTF-8.
        string[] expectedLines = Encoding.Latin1.GetString(expected).Split('\n');
        string[] actualLines = Encoding.Latin1.GetString(actual).Split('\n');
        Assert.Equal(expectedLines.Length, actualLines.Length);
        foreach ((string expectedLine, string actualLine) in expectedLines.Zip(actualLines))
        {
            Assert.Equal(expectedLine, actualLine);
        }
    }
}
