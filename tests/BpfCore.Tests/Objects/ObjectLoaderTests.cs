using System.Runtime.InteropServices;
using BpfCore.Instructions;
using BpfCore.Objects;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.Tests.Objects;

public sealed class ObjectLoaderTests : IDisposable
{
    private readonly LoadFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Load_HealthyKernel_LoadsTypesThenMapsThenPrograms()
    {
        FakeBpfKernel kernel = new();

        using BpfObject bpf = _fixture.Load(kernel);

        Assert.Equal(BpfCommand.BtfLoad, kernel.Commands[0]);
        int firstProgram = kernel.Commands.IndexOf(BpfCommand.ProgramLoad);
        Assert.True(kernel.Commands.LastIndexOf(BpfCommand.MapCreate) < firstProgram);
        Assert.Equal(1, kernel.Commands.Count(command => command == BpfCommand.MapFreeze));
        Assert.Equal(["on_raw", "on_typed"], bpf.Programs.Select(program => program.Name));
        Assert.Equal(
            [".bss", ".data", ".rodata", "counts", "per_cpu"],
            bpf.Maps.Select(map => map.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_ReferencesToMaps_CarryDescriptorsThatAreOpen()
    {
        FakeBpfKernel kernel = new();

        using BpfObject bpf = _fixture.Load(kernel);

        BpfInstruction[] code = kernel.Programs.Single(program => program.Name == "on_raw").Instructions;
        BpfInstruction[] loads = [.. code.Where(
            instruction => instruction.PseudoSource is PseudoSource.MapFd or PseudoSource.MapValue
                && instruction.IsLoadImmediate64)];
        Assert.NotEmpty(loads);
        Assert.All(loads, load => Assert.Contains(load.Immediate, kernel.OpenDescriptors));
    }

    [Fact]
    public void Load_TypedTracepoint_IsBoundToItsTypeInTheKernel()
    {
        FakeBpfKernel kernel = new();

        using BpfObject bpf = _fixture.Load(kernel);

        int index = kernel.Commands.LastIndexOf(BpfCommand.ProgramLoad);
        bpf_attr_prog_load sent = MemoryMarshal.Read<bpf_attr_prog_load>(Padded(kernel.Attributes[index]));
        Assert.Equal((26u, 23u, 2u), (sent.prog_type, sent.expected_attach_type, sent.attach_btf_id));
        Assert.NotEqual(0u, sent.prog_btf_fd);
        Assert.NotEqual(0u, sent.func_info_cnt);
        Assert.NotEqual(0u, sent.line_info_cnt);
    }

    [Fact]
    public void Load_AnyCallRefused_LeavesNothingOpen()
    {
        FakeBpfKernel healthy = new();
        _fixture.Load(healthy).Dispose();
        Assert.Empty(healthy.OpenDescriptors);
        Assert.True(healthy.Commands.Count > 10);

        for (int call = 0; call < healthy.Commands.Count; call++)
        {
            FakeBpfKernel kernel = new() { FailingCall = call };
            Exception? refusal = Record.Exception(() => _fixture.Load(kernel).Dispose());

            // The kernel may refuse types, and maps with types: the load goes on without them.
            Assert.True(refusal is null or SyscallException, $"call {call}: {refusal}");
            Assert.Empty(kernel.OpenDescriptors);
        }
    }

    [Fact]
    public void Load_FreezeRefused_NamesMapCallAndAdvice()
    {
        FakeBpfKernel healthy = new();
        _fixture.Load(healthy).Dispose();
        FakeBpfKernel kernel = new() { FailingCall = healthy.Commands.IndexOf(BpfCommand.MapFreeze) };

        SyscallException e = Assert.Throws<SyscallException>(() => _fixture.Load(kernel));

        Assert.Equal("map .rodata", e.Subject);
        Assert.Equal("bpf(BPF_MAP_FREEZE)", e.Call);
        Assert.Equal("advice for EPERM", e.Hint);
    }

    [Fact]
    public void Load_TypesRefused_LoadsProgramsWithoutThem()
    {
        FakeBpfKernel kernel = new() { FailingCall = 0, Failure = Errno.E2BIG };

        using BpfObject bpf = _fixture.Load(kernel);

        int index = kernel.Commands.LastIndexOf(BpfCommand.ProgramLoad);
        bpf_attr_prog_load sent = MemoryMarshal.Read<bpf_attr_prog_load>(Padded(kernel.Attributes[index]));
        Assert.Equal((0u, 0u, 0u), (sent.prog_btf_fd, sent.func_info_cnt, sent.line_info_cnt));
    }

    [Fact]
    public void Load_VerifierRefuses_AsksForTheLogAndKeepsItWhole()
    {
        string log = new string('x', 100_000) + "\n3: (95) exit\nR0 !read_ok\nprocessed 3 insns (limit 1000000)";
        FakeBpfKernel kernel = new() { RefusedProgram = "on_typed", Log = log };

        BpfVerifierException e = Assert.Throws<BpfVerifierException>(() => _fixture.Load(kernel));

        Assert.Equal("on_typed", e.Program);
        Assert.Equal("EACCES", e.ErrorName);
        Assert.Equal("3: (95) exit\nR0 !read_ok", e.Summary);
        Assert.Equal(log, e.Log);
        Assert.Equal([64u << 10, 1u << 20], kernel.LogSizes);
        Assert.Empty(kernel.OpenDescriptors);
    }

    [Fact]
    public void Load_RefusedWithoutALog_IsAFailedCallWithAdvice()
    {
        FakeBpfKernel kernel = new() { RefusedProgram = "on_raw" };

        SyscallException e = Assert.Throws<SyscallException>(() => _fixture.Load(kernel));

        Assert.Equal("program on_raw", e.Subject);
        Assert.Equal("bpf(BPF_PROG_LOAD)", e.Call);
        Assert.Equal("advice for EACCES", e.Hint);
        Assert.Empty(kernel.OpenDescriptors);
    }

    [Fact]
    public void LoadProgram_Refused_LeavesTheObjectAsItWas()
    {
        FakeBpfKernel kernel = new() { RefusedProgram = "on_uprobe" };
        using BpfObject bpf = _fixture.Load(kernel);
        int open = kernel.OpenDescriptors.Count;

        Assert.Throws<SyscallException>(() => bpf.LoadProgram("on_uprobe"));

        Assert.Equal(open, kernel.OpenDescriptors.Count);
        Assert.False(bpf.Programs.TryGet("on_uprobe", out _));
        Assert.Equal("on_kprobe", bpf.LoadProgram("on_kprobe").Name);
    }

    [Fact]
    public void LoadProgram_UnknownName_ListsTheNamesThatExist()
    {
        using BpfObject bpf = _fixture.Load(new FakeBpfKernel());

        KeyNotFoundException e = Assert.Throws<KeyNotFoundException>(() => bpf.LoadProgram("no_such_program"));

        Assert.Contains("on_kprobe", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadProgram_AfterDispose_Throws()
    {
        BpfObject bpf = _fixture.Load(new FakeBpfKernel());
        bpf.Dispose();

        Assert.Throws<ObjectDisposedException>(() => bpf.LoadProgram("on_kprobe"));
    }

    [Fact]
    public void Load_Watched_TellsEveryStepInOrder()
    {
        StepList steps = new();

        using BpfObject bpf = _fixture.Load(new FakeBpfKernel(), steps);

        int types = steps.Steps.IndexOf("call bpf(BPF_BTF_LOAD)");
        int map = steps.Steps.IndexOf("map counts Hash key 4 value 8");
        int program = steps.Steps.IndexOf("program on_typed Tracing");
        Assert.True(types >= 0 && types < map && map < program, string.Join('\n', steps.Steps));
    }

    private static byte[] Padded(byte[] attributes)
    {
        Array.Resize(ref attributes, 256);
        return attributes;
    }
}
