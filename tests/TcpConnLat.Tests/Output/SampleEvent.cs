using System.Net;
using System.Runtime.InteropServices;
using System.Text;

namespace TcpConnLat.Tests.Output;

/// <summary>Makes events from readable values.</summary>
internal static class SampleEvent
{
    private const byte OutcomeEstablished = 1; // enum outcome
    private const int CommandLength = 16; // TASK_COMM_LEN

    private static readonly ulong[] s_extremes =
    [
        0, 1, 4_999, 5_000, 5_001, 125_000, 999_999, 1_000_000, (1UL << 53) - 1, 1UL << 53, (1UL << 53) + 1,
        long.MaxValue, 1UL << 63, ulong.MaxValue - 1, ulong.MaxValue,
    ];

    private static readonly byte[] s_oddBytes =
        [0x01, 0x0a, 0x1b, 0x1f, 0x20, 0x7e, 0x7f, 0x80, 0x9b, 0x9f, 0xa0, 0xc1, 0xc2, 0xc2, 0xc2, 0xc3, 0xff];

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

    /// <summary>
    /// Random events: numbers of every length and the extreme ones, addresses with zero runs, names of any bytes.
    /// </summary>
    public static ConnectBpf.Event[] CreateRandom(int count, int seed)
    {
        Random random = new(seed);
        ConnectBpf.Event[] events = new ConnectBpf.Event[count];
        random.NextBytes(MemoryMarshal.AsBytes(events.AsSpan()));
        foreach (ref ConnectBpf.Event connect in events.AsSpan())
        {
            Shape(ref connect, random);
        }

        return events;
    }

    private static void Shape(ref ConnectBpf.Event connect, Random random)
    {
        // %-6d takes an int, and process IDs are never negative.
        connect.Tgid &= (uint)(int.MaxValue >> random.Next(31));
        connect.Lport >>= random.Next(16);
        connect.Dport >>= random.Next(16);
        connect.IpVersion = random.Next(2) == 0 ? (byte)4 : (byte)6;
        connect.TimestampNs = Number(connect.TimestampNs, random);
        connect.LatencyNs = Number(connect.LatencyNs, random);
        ClearGroups(connect.Saddr, random);
        ClearGroups(connect.Daddr, random);
        MakeName(connect.Comm, random);
    }

    private static ulong Number(ulong bits, Random random) => random.Next(8) switch
    {
        // Half of the last digit that is shown, where doubles decide: of LAT(ms), a tie of the double too, of TIME(s).
        0 => ((ulong)random.Next(1_000_000) * 10_000) + 5_000,
        1 => (ulong)random.Next(1_000_000) * 125_000,
        2 => ((ulong)random.Next(1_000_000) * 1_000_000) + 500_000,
        3 => s_extremes[random.Next(s_extremes.Length)],
        _ => bits >> random.Next(64),
    };

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
            else if (random.Next(4) == 0)
            {
                address[2 * group] = 0;
            }
        }
    }

    // Printable, or of any bytes, with those of control characters more often than they come by chance.
    private static void MakeName(Span<byte> command, Random random)
    {
        int length = random.Next(CommandLength + 1);
        bool isOdd = random.Next(4) == 0;
        for (int index = 0; index < length; index++)
        {
            command[index] = isOdd
                ? s_oddBytes[random.Next(s_oddBytes.Length)]
                : (byte)(' ' + (command[index] % (0x7f - ' ')));
        }

        command[length..].Clear();
    }
}
