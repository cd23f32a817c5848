namespace Bench.Report;

/// <summary>An image of the page.</summary>
/// <param name="Name">Its file name, without folder.</param>
/// <param name="Svg">The image.</param>
internal sealed record Figure(string Name, string Svg);
