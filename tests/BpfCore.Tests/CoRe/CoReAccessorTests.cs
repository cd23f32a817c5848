using System.Text;
using BpfCore.CoRe;
using Xunit;

namespace BpfCore.Tests.CoRe;

public class CoReAccessorTests
{
    [Fact]
    public void Parse_EveryVector_GivesItsIndexes()
    {
        string[] lines = File.ReadAllLines(Fixtures.PathOfVectors("core-accessors.txt"));
        for (int line = 0; line < lines.Length; line++)
        {
            if (lines[line].StartsWith('#'))
            {
                continue;
            }

            string[] fields = lines[line].Split(" | ");
            Assert.True(Parse(fields[0]) == fields[1], $"core-accessors.txt:{line + 1}: found {Parse(fields[0])}");
        }

        Assert.True(lines.Length > 10);
    }

    [Fact]
    public void Parse_EmptyString_IsRefused() => Assert.Equal("refused", Parse(""));

    [Fact]
    public void Parse_SixtyFourIndexes_AreTheMost()
    {
        string longest = string.Join(':', Enumerable.Repeat("1", CoReAccessor.MaximumLength));

        Assert.Equal(longest.Replace(':', ' '), Parse(longest));
        Assert.Equal("refused", Parse(longest + ":1"));
    }

    private static string Parse(string text)
    {
        int[] indexes = new int[CoReAccessor.MaximumLength];
        try
        {
            int count = CoReAccessor.Parse(Encoding.UTF8.GetBytes(text), indexes);
            return string.Join(' ', indexes[..count]);
        }
        catch (CoReFault)
        {
            return "refused";
        }
    }
}
