using System.Globalization;
using System.Runtime.InteropServices;

namespace BpfCore.Links;

/// <summary>
/// Offsets of registers in <c>struct pt_regs</c> (arch/x86/include/uapi/asm/ptrace.h) and <c>struct user_pt_regs</c>
/// (arch/arm64/include/uapi/asm/ptrace.h), by the names that the assembler has for them.
/// </summary>
internal static class UsdtRegisters
{
    private const int Word = 8;
    private const int Arm64Registers = 31;

    // In the order of the structure; the first name is the one of all 64 bits.
    private static readonly string[][] s_x64 =
    [
        ["r15", "r15d", "r15w", "r15b"], ["r14", "r14d", "r14w", "r14b"], ["r13", "r13d", "r13w", "r13b"],
        ["r12", "r12d", "r12w", "r12b"], ["rbp", "ebp", "bp", "bpl"], ["rbx", "ebx", "bx", "bl"],
        ["r11", "r11d", "r11w", "r11b"], ["r10", "r10d", "r10w", "r10b"], ["r9", "r9d", "r9w", "r9b"],
        ["r8", "r8d", "r8w", "r8b"], ["rax", "eax", "ax", "al"], ["rcx", "ecx", "cx", "cl"],
        ["rdx", "edx", "dx", "dl"], ["rsi", "esi", "si", "sil"], ["rdi", "edi", "di", "dil"],
        [], ["rip", "eip"], [], [], ["rsp", "esp", "sp", "spl"],
    ];

    /// <summary>Finds a register of an architecture.</summary>
    public static bool TryFind(string name, Architecture architecture, out int offset)
    {
        int index = architecture == Architecture.Arm64
            ? Arm64Index(name)
            : Array.FindIndex(s_x64, names => Array.IndexOf(names, name) >= 0);
        offset = index * Word;
        return index >= 0;
    }

    private static int Arm64Index(string name)
    {
        if (name == "sp")
        {
            return Arm64Registers;
        }

        return name.Length > 1
            && name[0] is 'x' or 'w'
            && int.TryParse(name.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number < Arm64Registers
                ? number
                : -1;
    }
}
