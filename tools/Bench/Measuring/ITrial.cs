namespace Bench.Measuring;

/// <summary>Measures a subject once.</summary>
internal interface ITrial
{
    /// <summary>Runs the subject.</summary>
    /// <returns>A value for each metric of its group, in their order.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    IReadOnlyList<double> Run();
}
