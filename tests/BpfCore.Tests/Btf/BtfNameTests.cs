using System.Text;
using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfNameTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("sock", "sock")]
    [InlineData("sock___v2", "sock")]
    [InlineData("sock___", "sock___")]       // nothing behind the separator
    [InlineData("___sock", "___sock")]       // nothing in front
    [InlineData("a___b___c", "a___b")]       // the last one counts
    [InlineData("a____b", "a____b")]         // four are none
    [InlineData("a___b____c", "a")]
    [InlineData("a____b___c", "a____b")]
    [InlineData("a_____b", "a_____b")]
    [InlineData("__sk___x", "__sk")]
    [InlineData("a___b_", "a")]
    [InlineData("a___", "a___")]
    [InlineData("a___b", "a")]
    [InlineData("______", "______")]
    public void Essential_Name_EndsAtLastSeparator(string name, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(BtfName.Essential(Encoding.UTF8.GetBytes(name))));

    // Compared with the rule as libbpf's source states it, on all names of two letters.
    [Fact]
    public void Essential_AllShortNames_FollowsLibbpfsRule()
    {
        for (int pattern = 0; pattern < 1 << 12; pattern++)
        {
            for (int length = 0; length <= 12; length++)
            {
                string name = string.Concat(
                    Enumerable.Range(0, length).Select(i => (pattern >> i & 1) == 0 ? '_' : 'x'));
                Assert.Equal(EssentialBySpecification(name), Encoding.UTF8.GetString(
                    BtfName.Essential(Encoding.UTF8.GetBytes(name))));
            }
        }
    }

    private static string EssentialBySpecification(string name)
    {
        for (int start = name.Length - 5; start >= 0; start--)
        {
            if (name[start] != '_' && name[(start + 1)..(start + 4)] == "___" && name[start + 4] != '_')
            {
                return name[..(start + 1)];
            }
        }

        return name;
    }
}
