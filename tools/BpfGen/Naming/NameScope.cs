namespace BpfGen.Naming;

/// <summary>Names that must differ from each other, such as the members of a class.</summary>
internal sealed class NameScope
{
    // What every type inherits: a member of the same name would hide it.
    private static readonly string[] s_inherited =
    [
        "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    private readonly HashSet<string> _taken = new(s_inherited, StringComparer.Ordinal);

    /// <summary>Makes a scope.</summary>
    /// <param name="reserved">Names that are taken, among them that of the type around.</param>
    public NameScope(params IEnumerable<string> reserved)
    {
        _taken.UnionWith(reserved);
    }

    /// <summary>Takes the name itself, or with the lowest number behind it that makes it free.</summary>
    public string Take(string name)
    {
        string free = name;
        for (int number = 2; !_taken.Add(free); number++)
        {
            free = $"{name}{number}";
        }

        return free;
    }
}
