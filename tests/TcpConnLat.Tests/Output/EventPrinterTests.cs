using System.Runtime.InteropServices;
using System.Text;
using TcpConnLat.CommandLine;
using TcpConnLat.Output;
using Xunit;

namespace TcpConnLat.Tests.Output;

public sealed class EventPrinterTests : IDisposable
{
    private readonly MemoryStream _written = new();
    private readonly OutputBuffer _output;

    public EventPrinterTests()
    {
        _output = new OutputBuffer(_written);
    }

    public void Dispose() => _written.Dispose();

    [Fact]
    public void OnSample_FirstEvent_StartsTheClock()
    {
        EventPrinter printer = new(ExtraColumns.Time, _output, limit: null);

        Print(ref printer, SampleEvent.Create(timestampNanoseconds: 5_000_000_000));
        Print(ref printer, SampleEvent.Create(timestampNanoseconds: 7_500_000_000));

        Assert.Collection(
            Lines(),
            line => Assert.StartsWith("0.000     ", line, StringComparison.Ordinal),
            line => Assert.StartsWith("2.500     ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void OnSample_FirstEventAtTimeZero_StartsTheClockToo()
    {
        EventPrinter printer = new(ExtraColumns.Time, _output, limit: null);

        Print(ref printer, SampleEvent.Create(timestampNanoseconds: 0));
        Print(ref printer, SampleEvent.Create(timestampNanoseconds: 1_000_000_000));

        Assert.StartsWith("1.000     ", Lines()[1], StringComparison.Ordinal);
    }

    [Fact]
    public void OnSample_BeyondTheLimit_PrintsNothing()
    {
        EventPrinter printer = new(ExtraColumns.None, _output, limit: 2);

        Print(ref printer, SampleEvent.Create());
        Assert.False(printer.IsComplete);
        Print(ref printer, SampleEvent.Create());
        Assert.True(printer.IsComplete);
        Print(ref printer, SampleEvent.Create());

        Assert.Equal(2, Lines().Length);
        Assert.Equal(1ul, printer.Surplus);
    }

    [Fact]
    public void OnSample_PaddedRecord_IsReadLikeAnExactOne()
    {
        ConnectBpf.Event connect = SampleEvent.Create();
        byte[] record = [.. MemoryMarshal.AsBytes(new ReadOnlySpan<ConnectBpf.Event>(in connect)), 1, 2, 3, 4];
        EventPrinter printer = new(ExtraColumns.None, _output, limit: null);

        printer.OnSample(source: 0, record);

        Assert.Single(Lines());
    }

    [Fact]
    public void OnSample_ShortRecord_IsRefusedWithBothSizes()
    {
        EventPrinter printer = new(ExtraColumns.None, _output, limit: null);

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => printer.OnSample(0, new byte[79]));

        Assert.Contains("79 bytes", error.Message, StringComparison.Ordinal);
        Assert.Contains("80", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OnSample_HundredThousandEvents_AllocateNothing()
    {
        OutputBuffer output = new(Stream.Null);
        EventPrinter printer = new(ExtraColumns.Time | ExtraColumns.LocalPort, output, limit: null);
        ConnectBpf.Event[] events = SampleEvent.CreateRandom(1_000, seed: 1);
        PrintAll(ref printer, events);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            PrintAll(ref printer, events);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static void PrintAll(ref EventPrinter printer, ConnectBpf.Event[] events)
    {
        foreach (ref readonly ConnectBpf.Event connect in events.AsSpan())
        {
            Print(ref printer, connect);
        }
    }

    private static void Print(ref EventPrinter printer, in ConnectBpf.Event connect) =>
        printer.OnSample(source: 0, MemoryMarshal.AsBytes(new ReadOnlySpan<ConnectBpf.Event>(in connect)));

    private string[] Lines()
    {
        _output.Flush();
        return Encoding.UTF8.GetString(_written.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
