using BpfCore.Diagnostics;

namespace BpfCore.Tests.Buffers;

/// <summary>Keeps what could not be done.</summary>
internal sealed class FallbackCollector : BpfObserver
{
    public List<string> Subjects { get; } = [];

    public override void OnFallback(in FallbackTaken step) => Subjects.Add(step.Subject);
}
