using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class TracefsEventNameTests
{
    private static readonly ProcessIdentity s_owner = new(4026531836, 1234, 56789);

    [Fact]
    public void Create_Symbol_CarriesTheOwnerThere()
    {
        TracefsEventName name = TracefsEventName.Create(s_owner, 7, "tcp_v4_connect", isReturn: true);

        Assert.Equal("bpfcore_4026531836/r_1234_56789_7_tcp_v4_connect", name.ToString());
        Assert.True(name.TryGetOwner(out ProcessIdentity owner));
        Assert.Equal(s_owner, owner);
    }

    [Fact]
    public void Create_LongForeignSymbol_StaysWithinTheKernelsLimit()
    {
        TracefsEventName name = TracefsEventName.Create(s_owner, 7, "a.b$c" + new string('x', 100), isReturn: false);

        Assert.Equal(63, name.Event.Length);
        Assert.Contains("_a_b_cx", name.Event, StringComparison.Ordinal);
        Assert.True(name.TryGetOwner(out _));
    }

    [Theory]
    [InlineData("p:bpfcore_1/p_2_3_4_f tcp_v4_connect", "bpfcore_1/p_2_3_4_f")]
    [InlineData("r16:bpfcore_1/r_2_3_4_f tcp_v4_connect", "bpfcore_1/r_2_3_4_f")]
    [InlineData("p:uprobes/mine /bin/sh:0x0000000000001040", "uprobes/mine")]
    public void TryParseLine_ControlFile_GivesTheName(string line, string expected)
    {
        Assert.True(TracefsEventName.TryParseLine(line, out TracefsEventName name));
        Assert.Equal(expected, name.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("p:alone symbol")]
    [InlineData("no colon at/all")]
    [InlineData("p:group/event")]
    public void TryParseLine_OtherText_IsPassedOver(string line)
    {
        Assert.False(TracefsEventName.TryParseLine(line, out _));
    }

    [Theory]
    [InlineData("kprobes", "p_2_3_4_f")]
    [InlineData("bpfcore_x", "p_2_3_4_f")]
    [InlineData("bpfcore_1", "p_2_3")]
    [InlineData("bpfcore_1", "p_a_3_4_f")]
    [InlineData("bpfcore_1", "p_99999999999_3_4_f")]
    public void TryGetOwner_EventOfOthers_IsFalse(string group, string name)
    {
        Assert.False(new TracefsEventName(group, name).TryGetOwner(out _));
    }
}
