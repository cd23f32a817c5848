using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace TcpConnLat.Tests.Output;

/// <summary>Makes events from readable values.</summary>
internal static class SampleEvent
{
    private const byte OutcomeEstablished = 1; // enum outcome
    private const int CommandLength = 16; // TASK_COMM_LEN

    public static ConnectBpf.Event Create(
        string source = "127.0.0.1",
        string destination = "127.0.0.1",
        string command = "curl",
        ulong latencyNanoseconds = 1_000_000,
        ulong timestampNanoseconds = 1)
    {
        IPAddress from = IPAddress.Parse(source);
        ConnectBpf.Event connect = new()
        {
            TimestampNs = timestampNanoseconds,
            LatencyNs = latencyNanoseconds,
            Tgid = 1234,
            Lport = 43210,
            Dport = 80,
            IpVersion = from.GetAddressBytes().Length == 4 ? (byte)4 : (byte)6,
            Outcome = OutcomeEstablished,
        };
        from.GetAddressBytes().CopyTo((Span<byte>)connect.Saddr);
        IPAddress.Parse(destination).GetAddressBytes().CopyTo((Span<byte>)connect.Daddr);
        Encoding.UTF8.GetBytes(command).CopyTo((Span<byte>)connect.Comm);
        return connect;
    }

    /// <summary>Random events: numbers of every length, addresses with zero runs, printable names.</summary>
    public static ConnectBpf.Event[] CreateRandom(int count, int seed)
    {
        Random random = new(seed);
        ConnectBpf.Event[] events = new ConnectBpf.Event[count];
        for (int index = 0; index < count; index++)
        {
            random.NextBytes(MemoryMarshal.AsBytes(events.AsSpan(index, 1)));
            Shape(ref events[index], random, isTie: index % 4 == 0);
        }

        return events;
    }

    private static void Shape(ref ConnectBpf.Event connect, Random random, bool isTie)
    {
        // %-6d takes an int, and process IDs are never negative.
        connect.Tgid &= (uint)(int.MaxValue >> random.Next(31));
        connect.Lport >>= random.Next(16);
        connect.Dport >>= random.Next(16);
        connect.IpVersion = random.Next(2) == 0 ? (byte)4 : (byte)6;
        connect.TimestampNs >>= random.Next(4, 40);
        connect.LatencyNs >>= random.Next(64);
        if (isTie)
        {
            // Half of the last digit that is shown, where doubles decide.
            connect.LatencyNs = ((ulong)random.Next(1_000_000) * 10_000) + 5_000;
        }

        ClearGroups(connect.Saddr, random);
        ClearGroups(connect.Daddr, random);
        MakePrintable(connect.Comm, random.Next(CommandLength + 1), random);
    }

    private static void ClearGroups(Span<byte> address, Random random)
    {
        int mask = random.Next(256) | random.Next(256);
        for (int group = 0; group < 8; group++)
        {
            if ((mask & (1 << group)) != 0)
            {
                address.Slice(2 * group, 2).Clear();
            }
            else if (random.Next(6) == 0)
            {
                address.Slice(2 * group, 2).Fill(0xff);
            }
        }
    }

    private static void MakePrintable(Span<byte> command, int length, Random random)
    {
        command.Clear();
        for (int index = 0; index < length; index++)
        {
            command[index] = (byte)random.Next(' ', 0x7f);
        }
    }
}
