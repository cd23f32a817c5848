using BpfCore.Syscalls;

namespace BpfCore.Programs;

public sealed partial class BpfProgram
{
    private const uint RunOnCpu = 1; // BPF_F_TEST_RUN_ON_CPU, include/uapi/linux/bpf.h
    private const int Page = 4096;

    /// <summary>Runs the program once, without it being attached (<c>BPF_PROG_TEST_RUN</c>).</summary>
    /// <param name="data">The packet; empty for programs that take none.</param>
    /// <param name="context">The context structure; empty for one of the kernel's making.</param>
    /// <returns>What it returned and left behind.</returns>
    /// <exception cref="KernelFeatureException">The kernel cannot run programs of this type.</exception>
    /// <exception cref="SyscallException">The kernel refused; the message says what this type takes.</exception>
    public TestRunResult TestRun(ReadOnlyMemory<byte> data = default, ReadOnlyMemory<byte> context = default) =>
        TestRun(new TestRunOptions { Data = data, Context = context });

    /// <inheritdoc cref="TestRun(ReadOnlyMemory{byte}, ReadOnlyMemory{byte})"/>
    /// <param name="options">The input, and how to run.</param>
    public TestRunResult TestRun(TestRunOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        byte[] context = options.Context.ToArray(); // syscall programs write to what they are given
        byte[] dataOut = new byte[options.DataCapacity ?? (options.Data.IsEmpty ? 0 : options.Data.Length + Page)];
        byte[] contextOut = new byte[options.ContextCapacity ?? TestRunRules.ContextCapacity(Type, context.Length)];
        TestRunRequest request = new()
        {
            Data = options.Data.Span,
            DataOut = dataOut,
            Context = context,
            ContextOut = contextOut,
            Repeat = options.Repeat == 1 ? 0 : (uint)options.Repeat,
            Flags = (uint)options.Flags | (options.Cpu is null ? 0 : RunOnCpu),
            Cpu = (uint)(options.Cpu ?? 0),
            BatchSize = (uint)options.BatchSize,
        };
        Errno error = Calls.Bpf.ProgramTestRun(Handle, request, out TestRunReply reply);
        if (error != Errno.None)
        {
            throw TestRunRules.Refused(this, options, error, reply);
        }

        return new TestRunResult(
            reply.ReturnValue,
            reply.DurationNanoseconds,
            dataOut.AsMemory(0, (int)Math.Min(reply.DataSize, dataOut.Length)),
            Type == Specs.ProgramType.Syscall
                ? context
                : contextOut.AsMemory(0, (int)Math.Min(reply.ContextSize, contextOut.Length)));
    }
}
