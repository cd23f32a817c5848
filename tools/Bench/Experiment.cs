using Bench.Report;

namespace Bench;

/// <summary>Something that is measured and has a chapter on the page.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="Run">Measures it.</param>
internal sealed record Experiment(string Name, Func<PageSection> Run);
