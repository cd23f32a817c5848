using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using BpfCore.Btf;
using TcpConnLat.Attach;
using TcpConnLat.Events;
using TcpConnLat.Tests.Output;
using Xunit;

namespace TcpConnLat.Tests.Events;

public sealed class ConnectEventLayoutTests
{
    private static readonly ConnectEvent s_connect = SampleEvent.Create();

    [Theory]
    [InlineData(Architecture.X64)]
    [InlineData(Architecture.Arm64)]
    public void ConnectEvent_EveryField_LiesWhereTheObjectHasIt(Architecture architecture)
    {
        BtfType layout = FindEvent(architecture);

        Assert.Equal(ConnectEvent.Size, Unsafe.SizeOf<ConnectEvent>());
        Assert.Equal((uint)ConnectEvent.Size, layout.Size);
        (string Name, int Offset)[] expected =
        [
            ("timestamp_ns", OffsetOf(in s_connect.TimestampNanoseconds)),
            ("latency_ns", OffsetOf(in s_connect.LatencyNanoseconds)),
            ("saddr", OffsetOf(in s_connect.Source)),
            ("daddr", OffsetOf(in s_connect.Destination)),
            ("comm", OffsetOf(in s_connect.Command)),
            ("tgid", OffsetOf(in s_connect.ProcessId)),
            ("lport", OffsetOf(in s_connect.LocalPort)),
            ("dport", OffsetOf(in s_connect.DestinationPort)),
            ("ip_version", OffsetOf(in s_connect.IpVersion)),
            ("outcome", OffsetOf(in s_connect.Outcome)),
            ("way", OffsetOf(in s_connect.Way)),
            ("reserved", OffsetOf(in s_connect.Way) + 1),
        ];
        Assert.Equal(expected, Members(layout));
    }

    private static BtfType FindEvent(Architecture architecture)
    {
        BtfFile types = ObjectImage.Read(architecture).Types!;
        Assert.True(types.TryFind("event", BtfKind.Struct, out BtfType layout));
        return layout;
    }

    private static List<(string Name, int Offset)> Members(BtfType layout)
    {
        List<(string Name, int Offset)> members = [];
        foreach (BtfMember member in layout.Members)
        {
            members.Add((member.Name, (int)member.BitOffset / 8));
        }

        return members;
    }

    private static int OffsetOf<T>(ref readonly T field)
    {
        ref byte start = ref Unsafe.As<ConnectEvent, byte>(ref Unsafe.AsRef(in s_connect));
        ref byte place = ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in field));
        return (int)Unsafe.ByteOffset(ref start, ref place);
    }
}
