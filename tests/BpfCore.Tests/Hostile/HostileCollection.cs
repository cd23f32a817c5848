using Xunit;

namespace BpfCore.Tests.Hostile;

/// <summary>
/// Tests that take all processors and make much garbage: they run alone, so that they neither wait for others nor
/// disturb those that count allocations or time.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class HostileCollection
{
    public const string Name = "hostile input";
}
