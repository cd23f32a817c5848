using BpfCore.Specs;

namespace BpfCore.Programs;

/// <summary>What the kernel tells about a program (<c>struct bpf_prog_info</c>).</summary>
public sealed record ProgramInfo
{
    /// <summary>Number of the program, unique until the machine restarts.</summary>
    public required uint Id { get; init; }

    /// <summary>Name, cut to 15 characters; empty when it was loaded without one.</summary>
    public required string Name { get; init; }

    /// <summary>Type of program.</summary>
    public required ProgramType Type { get; init; }

    /// <summary>
    /// Hash of the instructions as the kernel prints it: 16 hexadecimal digits, equal for equal programs.
    /// </summary>
    public required string Tag { get; init; }

    /// <summary>Size of the instructions after verification, in bytes (8 to an instruction).</summary>
    public uint TranslatedSize { get; init; }

    /// <summary>
    /// Size of the machine code in bytes; 0 when the program is interpreted or may not be looked into.
    /// </summary>
    public uint CompiledSize { get; init; }

    /// <summary>
    /// Instructions that the verifier went through, counting each visit (since Linux 5.16; 0 before).
    /// </summary>
    public uint VerifiedInstructions { get; init; }

    /// <summary>Nanoseconds that all runs took together, while <see cref="RunStatistics"/> were on.</summary>
    public ulong RunTimeNanoseconds { get; init; }

    /// <summary>Number of runs, while <see cref="RunStatistics"/> were on.</summary>
    public ulong RunCount { get; init; }

    /// <summary>Runs that were left out because the program was running already (since Linux 5.12).</summary>
    public ulong RecursionMisses { get; init; }

    /// <summary>Nanoseconds between the start of the machine and the load.</summary>
    public ulong LoadTimeNanoseconds { get; init; }

    /// <summary>User who loaded it.</summary>
    public uint CreatedByUserId { get; init; }

    /// <summary>Number of the BTF that describes its functions; 0 for none.</summary>
    public uint BtfId { get; init; }

    /// <summary>Numbers of the maps that it uses, global data included.</summary>
    public IReadOnlyList<uint> MapIds { get; init; } = [];
}
