using BpfCore.Diagnostics;

namespace BpfCore.Tests.Objects;

/// <summary>Writes down the steps of a load.</summary>
internal sealed class StepList : BpfObserver
{
    public List<string> Steps { get; } = [];

    public override void OnSyscall(in SyscallReturned step) => Steps.Add($"call {step.Call}");

    public override void OnFallback(in FallbackTaken step) => Steps.Add($"{step.From} -> {step.To}: {step.Reason}");

    public override void OnMapCreated(in MapCreated step) =>
        Steps.Add($"map {step.Name} {step.Type} key {step.KeySize} value {step.ValueSize}");

    public override void OnProgramLoaded(in ProgramLoaded step) => Steps.Add($"program {step.Name} {step.Type}");

    public override void OnAttached(in ProgramAttached step) => Steps.Add($"attached {step.Target} by {step.Way}");
}
