using System.Text;
using TcpConnLat.Attach;
using TcpConnLat.CommandLine;
using Xunit;

namespace TcpConnLat.Tests.CommandLine;

public sealed class HelpTextTests
{
    private static readonly string s_text = Encoding.UTF8.GetString(HelpText.Bytes);

    [Fact]
    public void Bytes_EveryLine_FitsEightyColumns()
    {
        Assert.All(s_text.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Fact]
    public void Bytes_EveryOptionTheParserKnows_IsExplained()
    {
        Syntax syntax = new();
        foreach (System.CommandLine.Option option in syntax.TraceSwitches)
        {
            Assert.Contains($"{option.Name} ", s_text, StringComparison.Ordinal);
            Assert.Contains($"{option.Aliases.Single()}, {option.Name}", s_text, StringComparison.Ordinal);
        }

        Assert.All(syntax.TraceValues, option => Assert.Contains($"{option.Name} ", s_text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("TIME(s)")]
    [InlineData("PID")]
    [InlineData("COMM")]
    [InlineData("IP")]
    [InlineData("SADDR")]
    [InlineData("LPORT")]
    [InlineData("DADDR")]
    [InlineData("DPORT")]
    [InlineData("LAT(ms)")]
    public void Bytes_EveryColumn_IsExplained(string column)
    {
        Assert.Contains($"\n  {column} ", s_text, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_EveryWayToAttach_IsNamed()
    {
        Assert.All(AttachWayNames.BestFirst, way => Assert.Contains(way.Name(), s_text, StringComparison.Ordinal));
    }
}
