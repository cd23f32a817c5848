using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.Tests.Syscalls;

public class EpollSyscallTests
{
    private readonly InterruptedGate _kernel = new();

    [Fact]
    public void Wait_InterruptedBySignals_WaitsForTheRestOfTheTime()
    {
        SystemCalls calls = new(_kernel, observer: null);
        using SafeFdHandle epoll = calls.Epoll.Create();

        int ready = calls.Epoll.Wait(epoll, new ulong[1], TimeSpan.FromMilliseconds(60));

        Assert.Equal(0, ready);
        Assert.Equal(4, _kernel.Timeouts.Count);
        Assert.Equal(60, _kernel.Timeouts[0]);
        Assert.True(_kernel.Timeouts[3] < _kernel.Timeouts[0]);
    }

    [Fact]
    public void Wait_NegativeTimeout_WaitsForEver()
    {
        SystemCalls calls = new(_kernel, observer: null);
        using SafeFdHandle epoll = calls.Epoll.Create();

        calls.Epoll.Wait(epoll, new ulong[1], TimeSpan.FromSeconds(-1));

        Assert.All(_kernel.Timeouts, timeout => Assert.Equal(-1, timeout));
    }

    private sealed class InterruptedGate : FakeGate
    {
        public List<int> Timeouts { get; } = [];

        public override long EpollWait(int epollFd, Span<ulong> ready, int timeoutMilliseconds)
        {
            Timeouts.Add(timeoutMilliseconds);
            Thread.Sleep(10);
            return Timeouts.Count <= 3 ? -(long)Errno.EINTR : 0;
        }
    }
}
