using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.Tests.Syscalls;

public class ErrnoTests
{
    [Theory]
    [InlineData(1, "EPERM", "Operation not permitted")]
    [InlineData(133, "EHWPOISON", "Memory page has hardware error")]
    [InlineData(524, "ENOTSUPP", "Not supported by this kernel or architecture")]
    public void Symbol_KnownNumber_IsItsName(int number, string symbol, string text)
    {
        Assert.Equal(symbol, ((Errno)number).Symbol());
        Assert.Equal(text, ((Errno)number).Text());
    }

    [Fact]
    public void Symbol_UnknownNumber_ShowsTheNumber()
    {
        Assert.Equal("errno 4000", ((Errno)4000).Symbol());
    }

    [Fact]
    public void ToErrno_NegativeResult_IsTheErrorAndOthersAreNone()
    {
        Assert.Equal(Errno.ENOENT, (-2L).ToErrno());
        Assert.Equal(Errno.None, 7L.ToErrno());
    }
}
