using BpfCore.Syscalls.Abi;

namespace BpfCore.Syscalls;

// SAFETY: the four buffers are pinned until the call returns, and the kernel is told their lengths.
internal sealed unsafe partial class BpfSyscall
{
    // The runtime's garbage collector sends signals, and a signal ends a repeated run. Each attempt runs the program
    // from the first repetition on, so they end some time.
    private const int MaxInterruptedRuns = 32;

    /// <summary><c>BPF_PROG_TEST_RUN</c>: runs a program over the given input.</summary>
    /// <param name="program">The program.</param>
    /// <param name="request">Its input, and where its output goes.</param>
    /// <param name="reply">What it gave; valid for ENOSPC too, when there was too little room for the output.</param>
    public Errno ProgramTestRun(SafeFdHandle program, in TestRunRequest request, out TestRunReply reply)
    {
        using FdLease lease = program.Lease();
        fixed (byte* data = request.Data, dataOut = request.DataOut)
        fixed (byte* context = request.Context, contextOut = request.ContextOut)
        {
            bpf_attr_test attributes = Describe(request);
            attributes.prog_fd = (uint)lease.Value;
            attributes.data_in = (ulong)data;
            attributes.data_out = (ulong)dataOut;
            attributes.ctx_in = (ulong)context;
            attributes.ctx_out = (ulong)contextOut;
            long result = Run(ref attributes);
            reply = new TestRunReply(
                attributes.retval, attributes.duration, attributes.data_size_out, attributes.ctx_size_out);
            if (reporter.IsWatched)
            {
                Report(
                    BpfCommand.ProgramTestRun,
                    $"prog_fd={lease.Value} {request.ToString()} retval={reply.ReturnValue}",
                    result);
            }

            return result.ToErrno();
        }
    }

    private static bpf_attr_test Describe(in TestRunRequest request) => new()
    {
        data_size_in = (uint)request.Data.Length,
        data_size_out = (uint)request.DataOut.Length,
        ctx_size_in = (uint)request.Context.Length,
        ctx_size_out = (uint)request.ContextOut.Length,
        repeat = request.Repeat,
        flags = request.Flags,
        cpu = request.Cpu,
        batch_size = request.BatchSize,
    };

    private long Run(ref bpf_attr_test attributes)
    {
        long result = CallOnce(BpfCommand.ProgramTestRun, ref attributes);
        for (int i = 0; result == -(long)Errno.EINTR && i < MaxInterruptedRuns; i++)
        {
            result = CallOnce(BpfCommand.ProgramTestRun, ref attributes);
        }

        return result;
    }
}
