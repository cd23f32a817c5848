using System.Runtime.InteropServices;

namespace TcpConnLat.Events;

/// <summary>One answered connect: <c>struct event</c> of <c>bpf/tcpconnlat.h</c>, byte for byte.</summary>
/// <remarks>
/// <code>
///  0       8       16              32              48              64   68   70   72 73 74 75   80
///  +-------+-------+---------------+---------------+---------------+----+----+----+--+--+--+-----+
///  | time  |latency|    saddr      |     daddr     |     comm      |tgid|lprt|dprt|ip|oc|wy|  0  |
///  +-------+-------+---------------+---------------+---------------+----+----+----+--+--+--+-----+
/// </code>
/// </remarks>
[StructLayout(LayoutKind.Explicit, Size = Size)]
internal struct ConnectEvent
{
    /// <summary>Size of the structure in bytes.</summary>
    public const int Size = 80;

    /// <summary>When the answer arrived: <c>CLOCK_MONOTONIC</c>, in nanoseconds.</summary>
    [FieldOffset(0)]
    public ulong TimestampNanoseconds;

    /// <summary>Time from the start of the connect to its answer, in nanoseconds.</summary>
    [FieldOffset(8)]
    public ulong LatencyNanoseconds;

    /// <summary>The local address.</summary>
    [FieldOffset(16)]
    public AddressBytes Source;

    /// <summary>The remote address.</summary>
    [FieldOffset(32)]
    public AddressBytes Destination;

    /// <summary>Name of the task that called connect.</summary>
    [FieldOffset(48)]
    public CommandName Command;

    /// <summary>Its thread group: the process ID of user space.</summary>
    [FieldOffset(64)]
    public uint ProcessId;

    /// <summary>The local port, in host byte order.</summary>
    [FieldOffset(68)]
    public ushort LocalPort;

    /// <summary>The remote port, in host byte order.</summary>
    [FieldOffset(70)]
    public ushort DestinationPort;

    /// <summary>IP version on the wire: 4 or 6. A v4-mapped address is IPv4 here.</summary>
    [FieldOffset(72)]
    public byte IpVersion;

    /// <summary>How the connect was answered.</summary>
    [FieldOffset(73)]
    public ConnectOutcome Outcome;

    /// <summary>Which kind of program started the clock: <c>enum way</c> of the header.</summary>
    [FieldOffset(74)]
    public byte Way;

    /// <summary>Reads one event from the start of a perf buffer record.</summary>
    /// <param name="record">The record; the kernel pads it behind the event.</param>
    /// <exception cref="InvalidDataException">The record is shorter than an event.</exception>
    public static ConnectEvent Read(ReadOnlySpan<byte> record) =>
        MemoryMarshal.TryRead(record, out ConnectEvent connect)
            ? connect
            : throw new InvalidDataException(
                $"a record of the event buffer has {record.Length} bytes, but an event has {Size}");
}
