using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfCore.Instructions;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>The trial behind every <see cref="KernelFeature"/>: the smallest program or BTF that needs it.</summary>
internal sealed class KernelFeatureProbe(SystemCalls calls)
{
    // enum bpf_prog_type and BPF_FUNC_* of include/uapi/linux/bpf.h
    private const uint SocketFilter = 1;
    private const uint Tracepoint = 5;
    private const uint CgroupSock = 9;
    private const uint CgroupInetSockCreate = 2; // of enum bpf_attach_type
    private const uint Array = 2; // BPF_MAP_TYPE_ARRAY
    private const uint MemoryMappable = 1 << 10; // BPF_F_MMAPABLE
    private const uint PerfEvent = 41; // BPF_PERF_EVENT of enum bpf_attach_type
    private const int ProbeReadKernel = 113;
    private const int KtimeGetCoarseNs = 160;
    private const int GetAttachCookie = 174;

    private static BpfOpcode AddImmediate => new(0x07); // BPF_ALU64 | BPF_ADD | BPF_K

    public KernelFeatureState Run(KernelFeature feature) => feature switch
    {
        // The helper came with the kernel that brought the accounting; it is the cheapest sign of it (libbpf's choice).
        KernelFeature.MemoryCgroupAccounting => Load(
            SocketFilter,
            [
                new BpfInstruction(BpfOpcode.Call, immediate: KtimeGetCoarseNs),
                new BpfInstruction(BpfOpcode.Exit),
            ]),
        KernelFeature.ProbeReadKernel => Load(
            Tracepoint,
            [
                new BpfInstruction(BpfOpcode.MoveRegister, BpfRegister.R1, BpfRegister.R10),
                new BpfInstruction(AddImmediate, BpfRegister.R1, immediate: -8),
                new BpfInstruction(BpfOpcode.MoveImmediate, BpfRegister.R2, immediate: 8),
                new BpfInstruction(BpfOpcode.MoveImmediate, BpfRegister.R3, immediate: 0),
                new BpfInstruction(BpfOpcode.Call, immediate: ProbeReadKernel),
                new BpfInstruction(BpfOpcode.Exit),
            ]),
        KernelFeature.MappableArrays => Create(new MapCreateRequest
        {
            Name = "probe",
            Type = Array,
            KeySize = sizeof(uint),
            ValueSize = sizeof(uint),
            MaxEntries = 1,
            Flags = MemoryMappable,
        }),
        KernelFeature.AttachCookies => Load(
            Tracepoint,
            [
                new BpfInstruction(BpfOpcode.Call, immediate: GetAttachCookie),
                new BpfInstruction(BpfOpcode.Exit),
            ]),
        KernelFeature.ContextArgumentTags => new ContextArgumentProbe(calls).Run(),
        KernelFeature.ObjectNames => JudgeField(new ProgramLoadRequest { Name = "probe", Type = SocketFilter }),
        KernelFeature.ExpectedAttachTypes => JudgeField(
            new ProgramLoadRequest { Type = CgroupSock, ExpectedAttachType = CgroupInetSockCreate }),
        KernelFeature.UnboundedValueOffset => new ValueOffsetProbe(calls).Run(),

        // What does not know the command, or this kind of link, complains before it looks at the descriptor.
        KernelFeature.Links => JudgeLink(calls.Bpf.LinkCreateNowhere(program: null, attachType: 0)),
        KernelFeature.PerfEventLinks => LinkToPerfEvent(),
        _ => Load(BtfSample.For(feature)),
    };

    private static KernelFeatureState Judge(bool loaded, Errno error) => (loaded, error) switch
    {
        (true, _) => KernelFeatureState.Supported,
        (false, Errno.EINVAL) => KernelFeatureState.Unsupported,
        _ => KernelFeatureState.Unknown,
    };

    private static KernelFeatureState JudgeLink(Errno complaint) => complaint switch
    {
        Errno.EBADF => KernelFeatureState.Supported,
        Errno.EINVAL => KernelFeatureState.Unsupported,
        _ => KernelFeatureState.Unknown,
    };

    // A kernel whose union bpf_attr ends before the field wants zeros there.
    private KernelFeatureState JudgeField(in ProgramLoadRequest fields)
    {
        ReadOnlySpan<BpfInstruction> instructions =
        [
            new BpfInstruction(BpfOpcode.MoveImmediate, BpfRegister.R0), new BpfInstruction(BpfOpcode.Exit),
        ];
        ProgramLoadRequest request = fields with
        {
            Instructions = MemoryMarshal.AsBytes(instructions),
            License = "GPL\0"u8,
        };
        bool isLoaded = calls.Bpf.TryProgramLoad(request, out SafeFdHandle? program, out Errno error);
        program?.Dispose();
        return error == Errno.E2BIG ? KernelFeatureState.Unsupported : Judge(isLoaded, error);
    }

    private KernelFeatureState LinkToPerfEvent()
    {
        bool loaded = TryLoad(
            Tracepoint,
            [new BpfInstruction(BpfOpcode.MoveImmediate, BpfRegister.R0), new BpfInstruction(BpfOpcode.Exit)],
            out SafeFdHandle? program,
            out _);
        using (program)
        {
            return loaded
                ? JudgeLink(calls.Bpf.LinkCreateNowhere(program, PerfEvent))
                : KernelFeatureState.Unknown;
        }
    }

    private KernelFeatureState Create(in MapCreateRequest request)
    {
        bool created = calls.Bpf.TryMapCreate(request, out SafeFdHandle? map, out Errno error);
        map?.Dispose();
        return Judge(created, error);
    }

    private KernelFeatureState Load(uint programType, ReadOnlySpan<BpfInstruction> instructions)
    {
        bool loaded = TryLoad(programType, instructions, out SafeFdHandle? program, out Errno error);
        program?.Dispose();
        return Judge(loaded, error);
    }

    private KernelFeatureState Load(ReadOnlySpan<byte> types)
    {
        bool loaded = calls.Bpf.TryBtfLoad(types, log: default, out SafeFdHandle? btf, out Errno error);
        btf?.Dispose();
        return Judge(loaded, error);
    }

    private bool TryLoad(
        uint programType,
        ReadOnlySpan<BpfInstruction> instructions,
        [NotNullWhen(true)] out SafeFdHandle? program,
        out Errno error)
    {
        ProgramLoadRequest request = new()
        {
            Name = "probe",
            Type = programType,
            Instructions = MemoryMarshal.AsBytes(instructions),
            License = "GPL\0"u8,
        };
        return calls.Bpf.TryProgramLoad(request, out program, out error);
    }
}
