using BpfCore.Kernel;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using BpfCore.Tests.Objects;
using BpfCore.Tests.Syscalls;
using Xunit;

namespace BpfCore.Tests.Kernel;

public class MemoryLockTests
{
    private static readonly KernelVersion s_old = new(5, 4, 0);
    private static readonly KernelVersion s_new = new(5, 11, 0);

    [Fact]
    public void RaiseWhereNeeded_KernelThatAccountsByMemoryCgroup_TouchesNothing()
    {
        LimitGate kernel = new();

        Raise(kernel, s_old);

        Assert.Equal(8UL, kernel.Soft);
    }

    [Theory]
    [InlineData(Errno.EINVAL, 5, 15, true)] // the helper is missing, whatever the version says
    [InlineData(Errno.EPERM, 5, 4, true)] // the probe itself was refused: the version decides
    [InlineData(Errno.EPERM, 5, 11, false)]
    public void RaiseWhereNeeded_ProbeFails_RaisesOnOldKernelsOnly(object error, int major, int minor, bool raised)
    {
        LimitGate kernel = new();
        kernel.Answer(BpfCommand.ProgramLoad, -(long)(Errno)error);

        Raise(kernel, new KernelVersion(major, minor, 0));

        Assert.Equal(raised ? ResourceLimitSyscall.Unlimited : 8UL, kernel.Soft);
    }

    [Fact]
    public void RaiseWhereNeeded_WithoutCapability_GoesUpToTheHardLimit()
    {
        LimitGate kernel = new() { MayRaise = false };
        kernel.Answer(BpfCommand.ProgramLoad, -(long)Errno.EINVAL);
        StepList steps = new();

        Raise(kernel, s_new, steps);

        Assert.Equal(64UL, kernel.Soft);
        Assert.Contains("unlimited -> 64 bytes: EPERM", steps.Steps);
    }

    private static void Raise(LimitGate kernel, KernelVersion version, StepList? steps = null)
    {
        SystemCalls calls = new(kernel, steps);
        MemoryLock.RaiseWhereNeeded(calls, new KernelFeatures(calls), version);
    }

    private sealed unsafe class LimitGate : FakeGate
    {
        public bool MayRaise { get; init; } = true;

        public ulong Soft { get; private set; } = 8;

        public ulong Hard { get; private set; } = 64;

        public override long ResourceLimit(int resource, rlimit64* newLimit, rlimit64* oldLimit)
        {
            if (oldLimit is not null)
            {
                *oldLimit = new rlimit64 { rlim_cur = Soft, rlim_max = Hard };
            }

            if (newLimit is not null)
            {
                if (newLimit->rlim_max > Hard && !MayRaise)
                {
                    return -(long)Errno.EPERM;
                }

                (Soft, Hard) = (newLimit->rlim_cur, newLimit->rlim_max);
            }

            return 0;
        }
    }
}
