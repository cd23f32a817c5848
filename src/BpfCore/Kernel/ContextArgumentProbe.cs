using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using BpfCore.Instructions;
using BpfCore.Specs;
using BpfCore.Syscalls;

namespace BpfCore.Kernel;

/// <summary>
/// Loads a program that hands its context to a global function which needs one, and whose argument has nothing but the
/// tag to say so (after libbpf's <c>probe_kern_arg_ctx_tag</c>).
/// </summary>
internal sealed class ContextArgumentProbe(SystemCalls calls)
{
    private const int GetFunctionIp = 173; // BPF_FUNC_get_func_ip, which takes a kprobe's context
    private const uint CallerType = 4; // in BtfSample.ContextArgument
    private const uint FunctionType = 5;

    public KernelFeatureState Run()
    {
        if (!calls.Bpf.TryBtfLoad(BtfSample.ContextArgument(), log: default, out SafeFdHandle? types, out Errno error))
        {
            return Judge(error); // no tags at all
        }

        using (types)
        {
            if (!TryLoad(types, out SafeFdHandle? program, out error))
            {
                return Judge(error);
            }

            program.Dispose();
            return KernelFeatureState.Supported;
        }
    }

    // The verifier finds that the function's argument is no context: EINVAL or EACCES, by the kernel's age.
    private static KernelFeatureState Judge(Errno error) => error is Errno.EINVAL or Errno.EACCES
        ? KernelFeatureState.Unsupported
        : KernelFeatureState.Unknown;

    private bool TryLoad(
        SafeFdHandle types,
        [NotNullWhen(true)] out SafeFdHandle? program,
        out Errno error)
    {
        ReadOnlySpan<BpfInstruction> instructions =
        [
            new BpfInstruction(BpfOpcode.Call, source: (BpfRegister)PseudoCall.Subprogram, immediate: 1),
            new BpfInstruction(BpfOpcode.Exit),
            new BpfInstruction(BpfOpcode.Call, immediate: GetFunctionIp),
            new BpfInstruction(BpfOpcode.Exit),
        ];
        ReadOnlySpan<uint> functions = [0, CallerType, 2, FunctionType]; // struct bpf_func_info: instruction, type
        ProgramLoadRequest request = new()
        {
            Name = "probe",
            Type = (uint)ProgramType.Kprobe,
            Instructions = MemoryMarshal.AsBytes(instructions),
            License = "GPL\0"u8,
            KernelVersion = KernelVersion.Current.Code,
            Btf = types,
            FunctionInfo = MemoryMarshal.AsBytes(functions),
            FunctionInfoRecordSize = 2 * sizeof(uint),
        };
        return calls.Bpf.TryProgramLoad(request, out program, out error);
    }
}
