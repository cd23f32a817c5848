namespace BpfCore;

/// <summary>
/// A relocation of a program could not be carried out: a CO-RE record that is ambiguous or malformed, a reference to
/// a symbol that is not there, a call that leads nowhere.
/// </summary>
/// <remarks>
/// A CO-RE relocation that finds no match is not an error: the instruction is poisoned, as libbpf does, and the
/// verifier rejects the program only if it can reach it.
/// </remarks>
public sealed class BpfRelocationException : BpfException
{
    internal BpfRelocationException(string program, int instructionIndex, string problem, Exception? inner = null)
        : base($"program {program}: instruction {instructionIndex}: {problem}", inner)
    {
        Program = program;
        InstructionIndex = instructionIndex;
        Problem = problem;
    }

    /// <summary>Name of the program or subprogram that holds the instruction.</summary>
    public string Program { get; }

    /// <summary>Index of the instruction (8-byte slots) from the start of <see cref="Program"/>.</summary>
    public int InstructionIndex { get; }

    /// <summary>What was wrong, without the location.</summary>
    public string Problem { get; }
}
