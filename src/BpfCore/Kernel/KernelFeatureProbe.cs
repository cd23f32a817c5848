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
        KernelFeature.AttachCookies => Load(
            Tracepoint,
            [
                new BpfInstruction(BpfOpcode.Call, immediate: GetAttachCookie),
                new BpfInstruction(BpfOpcode.Exit),
            ]),
        KernelFeature.UnboundedValueOffset => new ValueOffsetProbe(calls).Run(),
        _ => Load(BtfSample.For(feature)),
    };

    private static KernelFeatureState Judge(bool loaded, Errno error) => (loaded, error) switch
    {
        (true, _) => KernelFeatureState.Supported,
        (false, Errno.EINVAL) => KernelFeatureState.Unsupported,
        _ => KernelFeatureState.Unknown,
    };

    private KernelFeatureState Load(uint programType, ReadOnlySpan<BpfInstruction> instructions)
    {
        ProgramLoadRequest request = new()
        {
            Name = "probe",
            Type = programType,
            Instructions = MemoryMarshal.AsBytes(instructions),
            License = "GPL\0"u8,
        };
        bool loaded = calls.Bpf.TryProgramLoad(request, out SafeFdHandle? program, out Errno error);
        program?.Dispose();
        return Judge(loaded, error);
    }

    private KernelFeatureState Load(ReadOnlySpan<byte> types)
    {
        bool loaded = calls.Bpf.TryBtfLoad(types, log: default, out SafeFdHandle? btf, out Errno error);
        btf?.Dispose();
        return Judge(loaded, error);
    }
}
