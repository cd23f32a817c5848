using System.Runtime.InteropServices;
using BpfCore.Instructions;
using BpfCore.Kernel;
using BpfCore.Objects;
using BpfCore.Programs;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.KernelTests.Objects;

/// <summary>The objects of <c>fixtures/objects</c>, and what a kernel must have for them.</summary>
internal static class ObjectFixture
{
    private const uint MemoryMappable = 1 << 10; // BPF_F_MMAPABLE

    private static readonly SystemCalls s_calls = new(LinuxSyscallGate.Instance, observer: null);

    public static BpfObjectSpec Read(string name) =>
        BpfObjectSpec.ReadFile(Path.Combine(AppContext.BaseDirectory, "objects", $"obj-{name}.bpf.o"));

    /// <summary>Runs a program of type syscall, or one that handles packets on an empty one.</summary>
    public static uint Run(BpfObject bpf, string program)
    {
        BpfProgram found = bpf.Programs[program];
        TestRunOptions options = found.Type == ProgramType.Syscall
            ? new TestRunOptions()
            : new TestRunOptions { Data = new byte[64] };
        return found.TestRun(options).ReturnValue;
    }

    /// <summary>Skips the test unless the kernel has programs of type syscall (5.14).</summary>
    public static void RequireSyscallPrograms()
    {
        LiveKernel.RequireTracing();
        ReadOnlySpan<BpfInstruction> instructions =
        [
            new BpfInstruction(BpfOpcode.MoveImmediate, BpfRegister.R0), new BpfInstruction(BpfOpcode.Exit),
        ];
        ProgramLoadRequest request = new()
        {
            Name = "probe",
            Type = (uint)ProgramType.Syscall,
            Flags = (uint)ProgramFlags.Sleepable,
            Instructions = MemoryMarshal.AsBytes(instructions),
            License = "GPL\0"u8,
        };
        bool isLoaded = s_calls.Bpf.TryProgramLoad(request, out SafeFdHandle? program, out Errno error);
        program?.Dispose();
        if (!isLoaded)
        {
            LiveKernel.SkipOrFail($"the kernel has no programs of type syscall ({error.Symbol()})");
        }
    }

    /// <summary>Skips the test unless the kernel has arenas (6.9; on arm64 6.10).</summary>
    public static void RequireArenas()
    {
        RequireSyscallPrograms();
        MapCreateRequest request = new()
        {
            Name = "probe",
            Type = (uint)MapType.Arena,
            MaxEntries = 1,
            Flags = MemoryMappable,
        };
        bool isCreated = s_calls.Bpf.TryMapCreate(request, out SafeFdHandle? map, out Errno error);
        map?.Dispose();
        if (!isCreated)
        {
            LiveKernel.SkipOrFail($"the kernel has no arenas ({error.Symbol()})");
        }
    }

    /// <summary>Skips the test unless programs can be TCP congestion controls, held by a link (6.4).</summary>
    public static void RequireCongestionControls()
    {
        LiveKernel.RequireTracing();
        LiveKernel.Require(Capability.NetAdmin);
        if (!KernelBtf.Vmlinux().TryFind("bpf_struct_ops_tcp_congestion_ops", Btf.BtfKind.Struct, out _))
        {
            LiveKernel.SkipOrFail("the kernel takes no TCP congestion controls from programs");
        }

        if (!KernelBtf.Vmlinux().TryFind("bpf_struct_ops_link", Btf.BtfKind.Struct, out _))
        {
            LiveKernel.SkipOrFail("the kernel has no links of struct_ops");
        }
    }
}
