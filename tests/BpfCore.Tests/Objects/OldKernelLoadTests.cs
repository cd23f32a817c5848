using System.Runtime.InteropServices;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;
using BpfCore.Syscalls.Abi;
using Xunit;

namespace BpfCore.Tests.Objects;

/// <summary>Loads into kernels that lack what newer ones have: each step down is taken once, and no other.</summary>
public sealed class OldKernelLoadTests : IDisposable
{
    private readonly LoadFixture _fixture = new();
    private readonly StepList _steps = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Load_KernelWithoutNames_LoadsWithoutThem()
    {
        OldKernel kernel = new() { HasNames = false };

        using BpfObject bpf = _fixture.Load(kernel, _steps);

        Assert.Equal(["on_raw", "on_typed"], bpf.Programs.Select(program => program.Name));
        Assert.Equal(["", ""], kernel.Programs.Select(program => program.Name));
        Assert.Contains("created with its name -> created without it: E2BIG", _steps.Steps);
        Assert.Contains("name and attach type -> what this kernel has room for: E2BIG", _steps.Steps);
    }

    [Fact]
    public void Load_KernelThatMapsNoArrays_ReadsAndWritesGlobalDataAsElements()
    {
        OldKernel kernel = new() { MapsArrays = false };

        using BpfObject bpf = _fixture.Load(kernel, _steps);

        Assert.Contains("memory shared with programs -> elements that are read and written: EINVAL", _steps.Steps);
        Assert.False(bpf.Variables["target_pid"].IsMapped);
    }

    [Fact]
    public void Load_AttachTypeThatIsOptional_IsLeftOutWhereTheKernelHasNoRoom()
    {
        OldKernel kernel = new() { HasAttachTypes = false };
        using LoadFixture fixture = new("live/run.bpf.o");
        fixture.Spec.Programs["select"].AutoLoad = false; // its attach type is none that may be left out

        using BpfObject bpf = fixture.Load(kernel, _steps);

        Assert.Contains("grow", bpf.Programs.Select(program => program.Name));
        Assert.Contains("name and attach type -> what this kernel has room for: E2BIG", _steps.Steps);
    }

    [Fact]
    public void Load_AttachTypeThatIsNot_IsRefusedThere()
    {
        OldKernel kernel = new() { HasAttachTypes = false };
        using LoadFixture fixture = new("live/run.bpf.o");

        SyscallException e = Assert.Throws<SyscallException>(() => fixture.Load(kernel, _steps));

        Assert.Equal(("program select", "E2BIG"), (e.Subject, e.ErrorName));
        Assert.Empty(kernel.OpenDescriptors);
    }

    [Fact]
    public void Load_ProgramThatIsTooLong_IsNotTriedWithLess()
    {
        FakeBpfKernel kernel = new();
        _fixture.Load(kernel).Dispose();
        int first = kernel.Commands.IndexOf(BpfCommand.ProgramLoad);
        OldKernel refusing = new() { FailingCall = first, Failure = Errno.E2BIG };

        using BpfObject bpf = _fixture.Load(refusing, _steps); // the second attempt, with a log, is taken

        Assert.DoesNotContain(_steps.Steps, step => step.Contains(" -> ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ProgramType.Tracing)]
    [InlineData(ProgramType.Lsm)]
    [InlineData(ProgramType.Extension)]
    public void Load_TargetLeftOpen_SaysWhatToSet(ProgramType type)
    {
        ProgramSpec program = _fixture.Spec.Programs["on_typed"];
        (program.Target, program.Type) = (null, type);

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => _fixture.Load(new FakeBpfKernel()));

        Assert.Contains("set ProgramSpec.Target", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xdp", true)]
    [InlineData("cgroup/sock", true)]
    [InlineData("cgroup/connect4", false)]
    [InlineData("sk_lookup", false)]
    public void Contains_Section_IsAsInLibbpf(string section, bool expected) =>
        Assert.Equal(expected, OptionalAttachTypes.Contains(section));

    /// <summary>A kernel whose attributes end before some fields, or that knows no flag for mappings.</summary>
    private sealed unsafe class OldKernel : FakeBpfKernel
    {
        public bool HasNames { get; init; } = true;

        public bool HasAttachTypes { get; init; } = true;

        public bool MapsArrays { get; init; } = true;

        protected override long Perform(BpfCommand command, void* attributes)
        {
            const uint Mappable = 1 << 10;
            Errno error = command switch
            {
                BpfCommand.MapCreate => Check((bpf_attr_map_create*)attributes, Mappable),
                BpfCommand.ProgramLoad => Check((bpf_attr_prog_load*)attributes),
                _ => Errno.None,
            };
            return error == Errno.None ? base.Perform(command, attributes) : -(long)error;
        }

        private static bool IsNamed(ref bpf_obj_name name) =>
            MemoryMarshal.AsBytes(new Span<bpf_obj_name>(ref name))[0] != 0;

        private Errno Check(bpf_attr_map_create* map, uint mappable) =>
            !HasNames && IsNamed(ref map->map_name) ? Errno.E2BIG
            : !MapsArrays && (map->map_flags & mappable) != 0 ? Errno.EINVAL
            : Errno.None;

        private Errno Check(bpf_attr_prog_load* program) =>
            (!HasNames && IsNamed(ref program->prog_name)) || (!HasAttachTypes && program->expected_attach_type != 0)
                ? Errno.E2BIG
                : Errno.None;
    }
}
