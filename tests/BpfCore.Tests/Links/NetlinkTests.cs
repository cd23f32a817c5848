using BpfCore.Links;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.Tests.Links;

public sealed class NetlinkTests
{
    [Fact]
    public void Finish_NestedAttributes_HaveTheirLengthsAndPadding()
    {
        NetlinkRequest request = NetlinkRequest.OfInterface("RTM_SETLINK", 19, flags: 4, interfaceIndex: 7);
        int nested = request.Open(0x8000 | 43);
        request.Add(1, 5u).Add(7, "ab");
        request.Close(nested);

        Assert.Equal(
            [
                52, 0, 0, 0, 19, 0, 5, 0, 9, 0, 0, 0, 0, 0, 0, 0, // length, type, flags with REQUEST, sequence, port
                0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, // ifinfomsg: index 7
                20, 0, 43, 0x80, // nested: 4 + 8 + 8
                8, 0, 1, 0, 5, 0, 0, 0,
                7, 0, 7, 0, (byte)'a', (byte)'b', 0, 0, // 4 + "ab" and NUL, one byte of padding
            ],
            request.Finish(9).ToArray());
    }

    [Fact]
    public void Finish_LongMessage_Grows()
    {
        NetlinkRequest request = NetlinkRequest.OfTrafficControl("RTM_NEWTFILTER", 44, 0, 1, 2, 3);

        request.Add(7, new string('x', 500));

        Assert.Equal(16 + 20 + 4 + 504, request.Finish(1).Length);
    }

    [Fact]
    public void Verdict_RefusalWithWords_HasBoth()
    {
        byte[] answer =
        [
            44, 0, 0, 0, 2, 0, 0, 3, 9, 0, 0, 0, 0, 0, 0, 0, // NLMSG_ERROR, CAPPED and ACK_TLVS
            0xEA, 0xFF, 0xFF, 0xFF, // -EINVAL
            52, 0, 0, 0, 19, 0, 5, 0, 9, 0, 0, 0, 0, 0, 0, 0, // header of the request
            7, 0, 1, 0, (byte)'n', (byte)'o', 0, 0, // NLMSGERR_ATTR_MSG
        ];
        NetlinkReader reader = new(answer);

        Assert.True(reader.MoveNext());
        Assert.Equal(9u, reader.Sequence);
        Assert.Equal(new NetlinkVerdict(Errno.EINVAL, "no"), reader.Verdict());
        Assert.False(reader.MoveNext());
    }

    [Fact]
    public void MoveNext_MessageCutOffAnywhere_EndsOrGivesWhatIsWhole()
    {
        byte[] message = [20, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4];
        for (int length = 0; length < message.Length; length++)
        {
            NetlinkReader reader = new(message.AsSpan(0, length));
            Assert.False(reader.MoveNext());
        }
    }

    [Theory]
    [InlineData(new byte[] { 3, 0, 1, 0, 5, 0, 0, 0 })] // shorter than its own header
    [InlineData(new byte[] { 12, 0, 1, 0, 5, 0, 0, 0 })] // longer than what is there
    [InlineData(new byte[] { 8, 0 })]
    public void Number_AttributeThatContradictsItself_IsMissing(byte[] bytes) =>
        Assert.Equal(0u, new NetlinkAttributes(bytes).Number(1));

    [Fact]
    public void Filter_OfTheEchoedMessage_HasPlaceProgramAndName()
    {
        byte[] filter =
        [
            0, 0, 0, 0, 1, 0, 0, 0, 7, 0, 0, 0, 0xF2, 0xFF, 0xFF, 0xFF, 0, 3, 5, 0, // handle 7, ingress, priority 5
            8, 0, 1, 0, (byte)'b', (byte)'p', (byte)'f', 0,
            20, 0, 2, 0, 8, 0, 11, 0, 42, 0, 0, 0, 6, 0, 7, 0, (byte)'n', 0, 0, 0,
        ];

        Assert.True(TcFilterInfo.TryRead(44, filter, out TcFilterInfo info));
        Assert.Equal(new TcFilterInfo(5, 7, 42, "n"), info);
        Assert.False(TcFilterInfo.TryRead(45, filter, out _));
        Assert.False(TcFilterInfo.TryRead(44, filter.AsSpan(0, 19), out _));
    }
}
