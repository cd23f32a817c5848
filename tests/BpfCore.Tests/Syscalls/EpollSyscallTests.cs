using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.Tests.Syscalls;

public class EpollSyscallTests
{
    private const int Epoll = 7;

    private readonly InterruptedGate _kernel = new();

    [Fact]
    public void Wait_InterruptedBySignal_GivesNothing() =>
        Assert.Equal(0, new SystemCalls(_kernel, observer: null).Epoll.Wait(Epoll, new ulong[1], TimeSpan.Zero, out _));

    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(10_000, 1)]
    [InlineData(10_001, 2)]
    [InlineData(600_000, 60)]
    [InlineData(long.MaxValue, int.MaxValue)]
    public void Wait_Timeout_IsRoundedUpToMilliseconds(long ticks, int milliseconds)
    {
        new SystemCalls(_kernel, observer: null).Epoll.Wait(Epoll, new ulong[1], TimeSpan.FromTicks(ticks), out _);

        Assert.Equal([milliseconds], _kernel.Timeouts);
    }

    private sealed class InterruptedGate : FakeGate
    {
        public List<int> Timeouts { get; } = [];

        public override long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds)
        {
            Timeouts.Add(timeoutMilliseconds);
            return -(long)Errno.EINTR;
        }
    }
}
