using BpfCore.Kernel;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class LockdownTests
{
    [Theory]
    [InlineData("[none] integrity confidentiality\n", LockdownMode.None)]
    [InlineData("none [integrity] confidentiality\n", LockdownMode.Integrity)]
    [InlineData("none integrity [confidentiality]\n", LockdownMode.Confidentiality)]
    [InlineData("none [paranoid]", LockdownMode.Unknown)]
    [InlineData("] [", LockdownMode.Unknown)]
    [InlineData(null, LockdownMode.Unknown)]
    public void Parse_FileOfSecurityfs_TakesTheBracketedMode(string? text, LockdownMode expected)
    {
        Assert.Equal(expected, Lockdown.Parse(text));
    }
}
