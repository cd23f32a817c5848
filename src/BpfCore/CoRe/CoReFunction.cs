using BpfCore.Instructions;

namespace BpfCore.CoRe;

/// <summary>A function whose instructions are to be relocated: a program, or a subprogram.</summary>
/// <param name="Name">Name, for messages.</param>
/// <param name="Section">Name of the ELF section that holds it.</param>
/// <param name="FirstInstruction">Index of its first instruction in the section, in slots.</param>
/// <param name="Instructions">All of its instructions; changed in place.</param>
internal sealed record CoReFunction(
    string Name, string Section, int FirstInstruction, Memory<BpfInstruction> Instructions)
{
    /// <summary>Whether an instruction of <see cref="Section"/> belongs to the function.</summary>
    public bool Contains(long instruction) =>
        instruction >= FirstInstruction && instruction - FirstInstruction < Instructions.Length;
}
