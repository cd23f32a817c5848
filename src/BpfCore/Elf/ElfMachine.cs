using System.Runtime.InteropServices;

namespace BpfCore.Elf;

/// <summary>Machines of programs that can be probed.</summary>
internal static class ElfMachine
{
    private static ushort Expected => RuntimeInformation.OSArchitecture == Architecture.Arm64
        ? ElfNative.EM_AARCH64
        : ElfNative.EM_X86_64;

    /// <summary>Refuses a file for another machine than this one.</summary>
    /// <exception cref="BpfFormatException">It is one.</exception>
    public static void Check(ElfImage image)
    {
        if (image.Machine != Expected)
        {
            throw new BpfFormatException(
                image.Path,
                section: null,
                ElfNative.e_machine,
                $"a file for machine {image.Machine}, expected {Expected} ({RuntimeInformation.OSArchitecture})");
        }
    }
}
