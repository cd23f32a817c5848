namespace BpfDump.Tests.Loading;

/// <summary>What both loaders say of the same objects.</summary>
/// <param name="Libbpf">What libbpf says.</param>
/// <param name="BpfCore">What BpfCore says.</param>
internal sealed record LoadComparison(IReadOnlyList<LoadAnswer> Libbpf, IReadOnlyList<LoadAnswer> BpfCore)
{
    /// <summary>How many both load.</summary>
    public int Loaded => Libbpf.Zip(BpfCore).Count(static pair => pair.First.IsLoaded && pair.Second.IsLoaded);

    /// <summary>All differences, a line each.</summary>
    public IReadOnlyList<string> Differences =>
    [
        .. Libbpf.Select(static answer => answer.Name).SequenceEqual(BpfCore.Select(static answer => answer.Name))
            ? Libbpf.Zip(BpfCore).SelectMany(static pair => pair.Second.DifferencesFrom(pair.First))
            : [$"libbpf answers about {Libbpf.Count} objects, BpfCore about {BpfCore.Count}"],
    ];
}
