using BpfCore.Diagnostics;

namespace BpfCore.KernelTests;

/// <summary>Keeps the steps down that a load or an attach took.</summary>
internal sealed class FallbackObserver : BpfObserver
{
    private readonly List<FallbackTaken> _steps = [];

    /// <summary>All of them, in their order.</summary>
    public IReadOnlyList<FallbackTaken> Steps => _steps;

    /// <summary>Those whose subject begins with a text.</summary>
    public IEnumerable<FallbackTaken> Of(string subject) =>
        _steps.Where(step => step.Subject.StartsWith(subject, StringComparison.Ordinal));

    /// <inheritdoc/>
    public override void OnFallback(in FallbackTaken step) => _steps.Add(step);
}
