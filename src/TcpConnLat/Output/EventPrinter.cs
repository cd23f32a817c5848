using BpfCore.Buffers;
using TcpConnLat.CommandLine;

namespace TcpConnLat.Output;

/// <summary>Prints each event as a row. A struct, so that the loop over the perf buffer is compiled for it.</summary>
/// <param name="columns">The columns beyond the usual ones.</param>
/// <param name="output">Where the rows go.</param>
/// <param name="limit">The number of rows after which further events are dropped; null for none.</param>
internal struct EventPrinter(ExtraColumns columns, OutputBuffer output, long? limit) : IRecordHandler
{
    private readonly RowFormat _format = new(columns);
    private long _remaining = limit ?? long.MaxValue;
    private ulong? _firstNanoseconds;

    /// <summary>Whether as many rows were printed as were asked for.</summary>
    public readonly bool IsComplete => _remaining == 0;

    /// <summary>
    /// Records that the rings report as lost. Only a cross-check: the BPF program counts what it could not send, and
    /// sees also the losses after the last event that fitted.
    /// </summary>
    public ulong RingLost { get; private set; }

    /// <summary>Events that were dropped because they came after the last row.</summary>
    public ulong Surplus { get; private set; }

    /// <summary>Prints one event.</summary>
    /// <param name="source">The CPU that sent it.</param>
    /// <param name="data">The record.</param>
    /// <exception cref="InvalidDataException">The record is shorter than an event.</exception>
    /// <exception cref="IOException">Standard output cannot be written.</exception>
    public void OnSample(int source, ReadOnlySpan<byte> data)
    {
        if (_remaining == 0)
        {
            Surplus++;
            return;
        }

        ConnectBpf.Event connect = ConnectBpf.Event.Read(data);
        _firstNanoseconds ??= connect.TimestampNs;
        Span<byte> row = output.Reserve(RowFormat.MaximumRowBytes);
        output.Commit(_format.WriteRow(row, connect, _firstNanoseconds.Value));
        _remaining--;
    }

    /// <summary>Adds to <see cref="RingLost"/>.</summary>
    /// <param name="source">The CPU whose ring was full.</param>
    /// <param name="count">The number of records lost there since the last report.</param>
    public void OnLost(int source, ulong count) => RingLost += count;
}
