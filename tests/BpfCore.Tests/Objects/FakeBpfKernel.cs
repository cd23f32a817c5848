using System.Runtime.InteropServices;
using System.Text;
using BpfCore.Instructions;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using BpfCore.Tests.Syscalls;

namespace BpfCore.Tests.Objects;

/// <summary>A kernel of our own that looks into the programs it is given, and refuses when it is told to.</summary>
internal unsafe class FakeBpfKernel : FakeGate
{
    /// <summary>Which bpf(2) call fails, counted from 0; -1 for none.</summary>
    public int FailingCall { get; init; } = -1;

    /// <summary>How it fails.</summary>
    public Errno Failure { get; init; } = Errno.EPERM;

    /// <summary>Name of the program that the verifier refuses, or null.</summary>
    public string? RefusedProgram { get; init; }

    /// <summary>What the verifier writes about it.</summary>
    public string Log { get; init; } = "";

    /// <summary>Names and instructions of the programs in load order.</summary>
    public List<(string Name, BpfInstruction[] Instructions)> Programs { get; } = [];

    /// <summary>Sizes of the logs that were offered.</summary>
    public List<uint> LogSizes { get; } = [];

    /// <summary>Kernel types are mapped by nobody here: they come from a file.</summary>
    public override long MapMemory(
        nuint length, MemoryProtection protection, MemorySharing sharing, int fd, long offset) =>
        -(long)Errno.ENODEV;

    protected override long Perform(BpfCommand command, void* attributes)
    {
        if (Commands.Count - 1 == FailingCall)
        {
            return -(long)Failure;
        }

        return command == BpfCommand.ProgramLoad
            ? Verify((bpf_attr_prog_load*)attributes)
            : base.Perform(command, attributes);
    }

    private long Verify(bpf_attr_prog_load* program)
    {
        ReadOnlySpan<byte> name = MemoryMarshal.CreateReadOnlySpan(ref program->prog_name[0], bpf_obj_name.Length);
        string text = Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]);
        if (text == RefusedProgram)
        {
            return Refuse(program);
        }

        ReadOnlySpan<BpfInstruction> instructions = new((void*)program->insns, (int)program->insn_cnt);
        Programs.Add((text, instructions.ToArray()));
        return NewDescriptor();
    }

    private long Refuse(bpf_attr_prog_load* program)
    {
        byte[] log = Encoding.UTF8.GetBytes(Log + '\0');
        if (program->log_level == 0)
        {
            return -(long)Errno.EACCES;
        }

        LogSizes.Add(program->log_size);
        bool fits = log.Length <= program->log_size;
        log.AsSpan(0, fits ? log.Length : (int)program->log_size)
            .CopyTo(new Span<byte>((void*)program->log_buf, (int)program->log_size));
        return fits ? -(long)Errno.EACCES : -(long)Errno.ENOSPC;
    }
}
