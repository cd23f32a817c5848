using System.Runtime.InteropServices;
using BpfCore.Instructions;
using BpfCore.KernelTests.Maps;
using BpfCore.Maps;
using BpfCore.Syscalls;
using Xunit;

namespace BpfCore.KernelTests.Buffers;

/// <summary>A raw tracepoint program that sends its first argument, 8 bytes, with bpf_perf_event_output.</summary>
internal sealed class SampleProgram : IDisposable
{
    private const uint RawTracepoint = 17;      // BPF_PROG_TYPE_RAW_TRACEPOINT
    private const int PerfEventOutput = 25;     // BPF_FUNC_perf_event_output
    private const ulong CurrentCpu = 0xffff_ffff; // BPF_F_CURRENT_CPU

    private readonly SystemCalls _calls = MapTestKernel.Calls;
    private readonly SafeFdHandle _program;

    public SampleProgram(BpfMap events)
    {
        using FdLease map = events.Handle.Lease();
        BpfInstruction[] instructions = new InstructionBuilder()
            .Load(BpfSize.DoubleWord, BpfRegister.R2, BpfRegister.R1, 0)
            .Store(BpfSize.DoubleWord, BpfRegister.R10, -8, BpfRegister.R2)
            .Load64(BpfRegister.R2, PseudoSource.MapFd, map.Value)
            .Load64(BpfRegister.R3, CurrentCpu)
            .Move(BpfRegister.R4, BpfRegister.R10)
            .Increase(BpfRegister.R4, -8)
            .Move(BpfRegister.R5, 8)
            .Call(PerfEventOutput)
            .Exit()
            .ToArray();
        ProgramLoadRequest request = new()
        {
            Name = "sample",
            Type = RawTracepoint,
            Instructions = MemoryMarshal.AsBytes(instructions.AsSpan()),
            License = "GPL\0"u8,
        };
        Assert.True(_calls.Bpf.TryProgramLoad(request, out SafeFdHandle? program, out Errno error), error.Symbol());
        _program = program;
    }

    /// <summary>Sends one sample from this thread's CPU.</summary>
    /// <returns>What the helper returned: 0, or a negated errno.</returns>
    public int Send(ulong value)
    {
        TestRunRequest request = new() { Context = MemoryMarshal.AsBytes(new Span<ulong>(ref value)) };
        Assert.Equal(Errno.None, _calls.Bpf.ProgramTestRun(_program, request, out TestRunReply reply));
        return unchecked((int)reply.ReturnValue);
    }

    public void Dispose() => _program.Dispose();
}
