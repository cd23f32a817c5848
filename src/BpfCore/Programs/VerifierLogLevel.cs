namespace BpfCore.Programs;

/// <summary>What the verifier is asked to write about programs that it takes (<c>log_level</c>).</summary>
[Flags]
public enum VerifierLogLevel : uint
{
    /// <summary>Nothing; about a program that it refuses it is asked for the instructions in any case.</summary>
    None = 0,

    /// <summary>
    /// <c>BPF_LOG_LEVEL1</c>: the instructions of each function that is verified by itself, with what registers hold.
    /// </summary>
    Instructions = 1,

    /// <summary><c>BPF_LOG_LEVEL2</c>: all instructions on all ways, with what registers and the stack hold.</summary>
    AllInstructions = 2,

    /// <summary>
    /// <c>BPF_LOG_STATS</c> (5.2): time, stack depth, and how many instructions and states were gone through.
    /// </summary>
    Statistics = 4,
}
