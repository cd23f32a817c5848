using BpfGen.Naming;

namespace BpfGen.Writing;

/// <summary>Parts of an object with the names of their properties, which differ within one class.</summary>
internal static class NamedParts
{
    /// <summary>Names parts in their order.</summary>
    /// <typeparam name="T">Kind of part.</typeparam>
    /// <param name="owner">Name of the class around.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="nameOf">The name of a part in C.</param>
    public static IReadOnlyList<(string Property, T Part)> Name<T>(
        string owner, IEnumerable<T> parts, Func<T, string> nameOf)
    {
        NameScope scope = new(owner);
        List<(string, T)> named = [];
        foreach (T part in parts)
        {
            named.Add((scope.Take(CSharpName.Pascal(nameOf(part))), part));
        }

        return named;
    }
}
