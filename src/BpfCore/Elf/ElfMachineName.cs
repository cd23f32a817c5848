namespace BpfCore.Elf;

/// <summary>Machines that objects are made for by mistake.</summary>
internal static class ElfMachineName
{
    /// <summary>Name and number of a machine, or its number alone.</summary>
    public static string Describe(ushort machine)
    {
        string? name = machine switch
        {
            3 => "i386",
            20 or 21 => "PowerPC",
            22 => "s390",
            40 => "ARM",
            62 => "x86-64",
            183 => "AArch64",
            243 => "RISC-V",
            258 => "LoongArch",
            _ => null,
        };
        return name is null ? $"machine {machine}" : $"{name} (machine {machine})";
    }
}
