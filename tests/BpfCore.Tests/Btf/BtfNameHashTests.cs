using System.Text;
using BpfCore.Btf;
using Xunit;

namespace BpfCore.Tests.Btf;

public sealed class BtfNameHashTests
{
    // Around the 14 bytes that are hashed, the 16 that are looked at, and the end of the section.
    [Theory]
    [InlineData("")]
    [InlineData("_")]
    [InlineData("___v2")]
    [InlineData("____v2")]
    [InlineData("___v2___")]
    [InlineData("___v2___w")]
    public void At_NamesOfAllLengths_EqualsHashOfEssentialName(string suffix)
    {
        for (int length = 0; length <= 40; length++)
        {
            byte[] name = Encoding.UTF8.GetBytes(new string('n', length) + suffix);
            uint expected = BtfNameHash.Of(BtfName.Essential(name));
            foreach (string behind in (string[])["", "___next", "_", "a name that is longer than one block"])
            {
                byte[] names = [0, .. name, 0, .. Encoding.UTF8.GetBytes(behind), 0];

                Assert.Equal(expected, BtfNameHash.At(names, 1));
            }
        }
    }

    [Fact]
    public void Of_NamesThatDifferInOneHashedByte_Differ()
    {
        byte[] name = Encoding.UTF8.GetBytes(new string('n', 14));
        HashSet<uint> hashes = [BtfNameHash.Of(name)];

        for (int position = 0; position < name.Length; position++)
        {
            byte[] other = [.. name];
            other[position] = (byte)'m';
            Assert.True(hashes.Add(BtfNameHash.Of(other)));
        }
    }
}
