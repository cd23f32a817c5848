namespace BpfCore.Instructions;

/// <summary>Registers of the BPF machine (<c>BPF_REG_*</c>).</summary>
public enum BpfRegister : byte
{
    /// <summary>Return value of calls and of the program.</summary>
    R0 = 0,

    /// <summary>First argument; the context at the start of a program.</summary>
    R1 = 1,

    /// <summary>Second argument.</summary>
    R2 = 2,

    /// <summary>Third argument.</summary>
    R3 = 3,

    /// <summary>Fourth argument.</summary>
    R4 = 4,

    /// <summary>Fifth argument.</summary>
    R5 = 5,

    /// <summary>Kept across calls.</summary>
    R6 = 6,

    /// <summary>Kept across calls.</summary>
    R7 = 7,

    /// <summary>Kept across calls.</summary>
    R8 = 8,

    /// <summary>Kept across calls.</summary>
    R9 = 9,

    /// <summary>Frame pointer, read-only.</summary>
    R10 = 10,
}
