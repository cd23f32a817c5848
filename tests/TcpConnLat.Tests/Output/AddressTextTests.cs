using System.Net;
using System.Text;
using TcpConnLat.Output;
using Xunit;

namespace TcpConnLat.Tests.Output;

public sealed class AddressTextTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("1.20.255.9")]
    [InlineData("255.255.255.255")]
    public void WriteIPv4_Address_IsDotted(string text)
    {
        byte[] destination = new byte[AddressText.RoomBytes];
        int length = AddressText.WriteIPv4(destination, IPAddress.Parse(text).GetAddressBytes());

        Assert.Equal(text, Encoding.ASCII.GetString(destination, 0, length));
    }

    [Theory]
    [InlineData("::", "::")]
    [InlineData("::1", "::1")] // the run has 7 groups: no dotted tail
    [InlineData("1::", "1::")]
    [InlineData("::1:2", "::0.1.0.2")] // v4-compatible
    [InlineData("::ffff:102:304", "::ffff:1.2.3.4")] // v4-mapped
    [InlineData("::fffe:102:304", "::fffe:102:304")]
    [InlineData("0:0:0:0:1:2:3:4", "::1:2:3:4")]
    [InlineData("1:0:0:2:0:0:0:3", "1:0:0:2::3")] // the longer run wins
    [InlineData("1:0:0:2:3:0:0:4", "1::2:3:0:0:4")] // the first of equal runs wins
    [InlineData("1:0:2:3:4:5:6:7", "1:0:2:3:4:5:6:7")] // a single zero group stays
    [InlineData("0:1:2:3:4:5:6:7", "0:1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:0:0", "1:2:3:4:5:6::")]
    [InlineData("0:0:1:2:3:4:5:6", "::1:2:3:4:5:6")]
    [InlineData("2001:DB8::A0B:C", "2001:db8::a0b:c")]
    [InlineData("64:ff9b::1.2.3.4", "64:ff9b::102:304")]
    [InlineData("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")]
    public void WriteIPv6_Address_IsWrittenAsInetNtopDoes(string address, string expected)
    {
        byte[] destination = new byte[AddressText.RoomBytes];
        int length = AddressText.WriteIPv6(destination, IPAddress.Parse(address).GetAddressBytes());

        Assert.Equal(expected, Encoding.ASCII.GetString(destination, 0, length));
    }
}
