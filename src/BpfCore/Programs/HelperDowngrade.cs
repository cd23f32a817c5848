using BpfCore.Instructions;

namespace BpfCore.Programs;

/// <summary>
/// Replaces the helpers that tell kernel memory from user memory (5.5) by the older ones that do not
/// (libbpf's <c>bpf_object__sanitize_prog</c>).
/// </summary>
internal static class HelperDowngrade
{
    // BPF_FUNC_* of include/uapi/linux/bpf.h
    private const int ProbeRead = 4;
    private const int ProbeReadString = 45;
    private const int ProbeReadUser = 112;
    private const int ProbeReadKernel = 113;
    private const int ProbeReadUserString = 114;
    private const int ProbeReadKernelString = 115;

    /// <summary>Rewrites the calls. Returns whether there were any.</summary>
    public static bool Apply(Span<BpfInstruction> instructions)
    {
        bool changed = false;
        foreach (ref BpfInstruction instruction in instructions)
        {
            if (instruction.IsCall && instruction.PseudoCall == PseudoCall.Helper
                && Older(instruction.Immediate) is int older)
            {
                instruction = instruction.WithImmediate(older);
                changed = true;
            }
        }

        return changed;
    }

    private static int? Older(int helper) => helper switch
    {
        ProbeReadUser or ProbeReadKernel => ProbeRead,
        ProbeReadUserString or ProbeReadKernelString => ProbeReadString,
        _ => null,
    };
}
