namespace BpfCore.Programs;

/// <summary>What a program did with the input of <see cref="BpfProgram.TestRun(TestRunOptions)"/>.</summary>
public sealed class TestRunResult
{
    internal TestRunResult(
        uint returnValue, uint nanosecondsPerRun, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> context)
    {
        ReturnValue = returnValue;
        NanosecondsPerRun = nanosecondsPerRun;
        Data = data;
        Context = context;
    }

    /// <summary>What the program returned, of the last run; for example <c>XDP_PASS</c> (2).</summary>
    public uint ReturnValue { get; }

    /// <summary>
    /// Mean time of one run; 0 for programs that the kernel does not time (raw tracepoints, syscall programs).
    /// </summary>
    public uint NanosecondsPerRun { get; }

    /// <summary>The packet as the program left it; empty for programs without one.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The context as the program left it; empty for programs whose context is not given back.</summary>
    public ReadOnlyMemory<byte> Context { get; }
}
