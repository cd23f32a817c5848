namespace BpfCore.Syscalls;

/// <summary>What a run of a program gave.</summary>
/// <param name="ReturnValue">What the program returned.</param>
/// <param name="DurationNanoseconds">Mean time of one run.</param>
/// <param name="DataSize">Bytes of data the program left, which may be more than there was room for.</param>
/// <param name="ContextSize">Bytes of context, likewise.</param>
internal readonly record struct TestRunReply(
    uint ReturnValue, uint DurationNanoseconds, uint DataSize, uint ContextSize);
