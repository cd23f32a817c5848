using BpfCore.Diagnostics;
using BpfCore.Instructions;

namespace TcpConnLat.Verbose;

/// <summary>Prints every step of opening, loading and attaching, one line each: what <c>-v</c> shows.</summary>
/// <param name="writer">Where the lines go.</param>
internal sealed class StepPrinter(TextWriter writer) : BpfObserver
{
    /// <inheritdoc/>
    public override void OnSection(in SectionFound step) =>
        Line("section", $"{step.Name} ({step.Role}): {step.Size} bytes at 0x{step.Offset:x} of {step.Object}");

    /// <inheritdoc/>
    public override void OnProgram(in ProgramFound step) =>
        Line("program", $"{step.Name} in {step.Section} ({step.Type}): {step.InstructionCount} instructions");

    /// <inheritdoc/>
    public override void OnMap(in MapFound step) => Line(
        "map",
        $"{step.Name} in {step.Section} ({step.Type}): key {step.KeySize}, value {step.ValueSize} bytes, "
            + $"at most {step.MaxEntries} entries");

    /// <inheritdoc/>
    public override void OnRelocation(in RelocationApplied step)
    {
        string change = step.Before == step.After ? Text(step.After) : $"{Text(step.Before)} -> {Text(step.After)}";
        Line("reloc", $"{step.Program}+{step.InstructionIndex} {step.Kind} {step.Subject}: {step.Outcome}: {change}");
    }

    /// <inheritdoc/>
    public override void OnSubprogram(in SubprogramLinked step) => Line(
        "link",
        $"{step.Subprogram} appended to {step.Program} at {step.InstructionIndex}: "
            + $"{step.InstructionCount} instructions");

    /// <inheritdoc/>
    public override void OnSyscall(in SyscallReturned step)
    {
        string result = step.Error is null ? $"{step.Result}" : $"{step.Result} ({step.Error})";
        Line("syscall", $"{step.Call} {step.Arguments} = {result}");
    }

    /// <inheritdoc/>
    public override void OnFallback(in FallbackTaken step) =>
        Line("fallback", $"{step.Subject}: {step.From} gives way to {step.To}: {step.Reason}");

    /// <inheritdoc/>
    public override void OnMapCreated(in MapCreated step) => Line(
        "created",
        $"map {step.Name} ({step.Type}) as fd {step.FileDescriptor}: key {step.KeySize}, value {step.ValueSize} bytes, "
            + $"{step.MaxEntries} entries, flags 0x{step.Flags:x}");

    /// <inheritdoc/>
    public override void OnProgramLoaded(in ProgramLoaded step) => Line(
        "loaded",
        $"program {step.Name} ({step.Type}) as fd {step.FileDescriptor}: {step.InstructionCount} instructions");

    /// <inheritdoc/>
    public override void OnAttached(in ProgramAttached step) =>
        Line("attached", $"{step.Program} to {step.Target} by {step.Way}");

    private static string Text(ulong instruction) => BpfInstruction.FromUInt64(instruction).ToString();

    // A reason can be a verifier's log: its further lines are indented, so that the first word stays the kind of step.
    private void Line(string kind, string text) =>
        writer.WriteLine($"{kind,-9} {text.ReplaceLineEndings("\n          ")}");
}
